package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.fairlead.http.FieldNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parsers alone: how bytes are cut into reads changes nothing, and rubbish is refused and never believed. */
class ParsersTest {
    private static final String FIELDS = "HTTP/1.1 200 OK\r\nServer: x\r\nX-\u0041: \u00e9 \r\nSet-Cookie: a=b\r\n";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FIELDS + "Content-Length: 11\r\n\r\nhello there",
                FIELDS + "\r\nuntil the end",
                FIELDS
                        + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n there\r\n0\r\nX-T: 1\r\nX-U: 2\r\n\r\n",
                FIELDS + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6x\r\n there\r\n0\r\n\r\n",
                FIELDS + "Content-Length: 20\r\n\r\nhello there",
                FIELDS + "Bad Name: 1\r\n\r\n",
                "HTTP/1.1 204 None\r\n\r\n"
            })
    void anAnswerCutIntoTwoReadsAnywhereIsTheSame(String answer) throws Exception {
        byte[] all = bytes(answer);
        String whole = SeenResponse.of(new ScriptedTransport(all));
        for (int i = 1; i < all.length; i++) {
            byte[] first = Arrays.copyOf(all, i);
            byte[] second = Arrays.copyOfRange(all, i, all.length);
            assertThat(SeenResponse.of(new ScriptedTransport(first, second)))
                    .as("cut at " + i)
                    .isEqualTo(whole);
        }
        byte[][] single = new byte[all.length][];
        for (int i = 0; i < all.length; i++) {
            single[i] = new byte[] {all[i]};
        }
        assertThat(SeenResponse.of(new ScriptedTransport(single))).isEqualTo(whole);
    }

    @Test
    void mutatedAnswersAreRefusedOrStillClean() throws Exception {
        byte[][] seeds = {
            bytes(FIELDS + "Content-Length: 11\r\n\r\nhello there"),
            bytes(FIELDS + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n there\r\n0\r\nX-T: 1\r\n\r\n"),
            bytes("HTTP/1.0 304 X\r\nConnection: keep-alive\r\nContent-Length: 5, 5\r\n\r\n")
        };
        byte[] spice = bytes("\r\n\0 \t:;,0159afHT/.\u00ff\u007f-+x");
        Random random = new Random(20261122);
        int accepted = 0;
        for (int round = 0; round < 60_000; round++) {
            byte[] mutant = seeds[round % seeds.length].clone();
            for (int k = random.nextInt(3); k >= 0; k--) {
                mutant[random.nextInt(mutant.length)] = spice[random.nextInt(spice.length)];
            }
            ReadBuffer inlet = new ReadBuffer(new ScriptedTransport(mutant));
            try {
                SeenResponse.requireClean(new HeadParser(inlet, 1000).read());
                accepted++;
            } catch (BadResponseException | EOFException e) {
                continue;
            }
        }
        assertThat(accepted).isBetween(10_000, 50_000);
        assertThat(SeenResponse.of(new ScriptedTransport(seeds[0])))
                .startsWith("200")
                .endsWith("hello there|");
    }

    @ParameterizedTest(name = "{0} lists {1}: {2}")
    @CsvSource({
        "close, close, true",
        "'a, Close ,b', close, true",
        "'a,close', close, true",
        "closed, close, false",
        "'not close', close, false",
        "'', close, false",
        "',', close, false",
        "'a,,\tclose', close, true"
    })
    void listsAreSearchedByWholeMembers(String list, String token, boolean there) {
        assertThat(FieldSyntax.lists(list, token)).isEqualTo(there);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "timeout=5, 5",
        "'max=3, timeout=60', 60",
        "Timeout=7, 7",
        "timeout=, -1",
        "max=5, -1",
        "timeout=99999999999, 999999999"
    })
    void theTimeoutOfKeepAliveIsFound(String value, long seconds) {
        assertThat(KeepAlive.seconds(value)).isEqualTo(seconds);
    }

    @Test
    void knownNamesAreSharedAndOthersKeepTheirCase() {
        byte[] line = bytes("Content-Type,content-type,cONTENT-tYPE,X-Own");
        assertThat(FieldNames.of(line, 0, 12))
                .isSameAs(FieldNames.of(line, 0, 12))
                .isEqualTo("Content-Type");
        assertThat(FieldNames.of(line, 13, 25)).isEqualTo("content-type");
        assertThat(FieldNames.of(line, 26, 38)).isEqualTo("cONTENT-tYPE");
        assertThat(FieldNames.of(line, 39, 44)).isEqualTo("X-Own");
    }

    @Test
    void lentArraysComeBackAndStrangersDoNot() {
        ByteArrayPool buffers = new ByteArrayPool(100);
        byte[] first = buffers.lend();
        buffers.giveBack(first);
        assertThat(buffers.lend()).isSameAs(first);
        assertThat(buffers.lend()).isNotSameAs(first).hasSize(100);
        byte[] stranger = new byte[50];
        buffers.giveBack(stranger);
        assertThat(buffers.lend()).hasSize(100);
    }

    @ParameterizedTest(name = "{0} bytes make the size {1}")
    @CsvSource({"1, 1", "15, f", "16, 10", "255, ff", "256, 100", "65535, ffff", "65536, 10000"})
    void chunksCarryTheirSizeInHexadecimal(int size, String hex) {
        WriteBuffer outlet = new WriteBuffer(new ByteArrayPool(size + 100));
        outlet.literal("head");
        Arrays.fill(outlet.bytes, outlet.chunkData(), outlet.chunkData() + size, (byte) 'x');
        outlet.chunk(size);
        assertThat(new String(outlet.bytes, 0, outlet.end, StandardCharsets.ISO_8859_1))
                .isEqualTo("head" + hex + "\r\n" + "x".repeat(size) + "\r\n");
    }
}
