package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.fairlead.exchange.RequestBody;

/** The decoder of AJP over any bytes: refused, cut, or a clean answer, however the bytes are cut into reads. */
class AjpDecoderPropertyTest {
    @Property(tries = 3000)
    void anyBytesAreRefusedOrClean(@ForAll byte[] bytes) throws IOException {
        seenAlike(bytes);
    }

    @Property(tries = 3000)
    void whatLooksLikePacketsIsRefusedOrClean(@ForAll("packets") byte[] bytes) throws IOException {
        seenAlike(bytes);
    }

    @Provide
    Arbitrary<byte[]> packets() {
        Arbitrary<String> field = Arbitraries.of("A", "Content-Length", "Set-Cookie", "a b", "", "X-\u0080");
        Arbitrary<String> value = Arbitraries.of("", "0", "3", "x", " y ", "a\nb", "\u00e4", "99999999999999999999");
        Arbitrary<String> heads = Arbitraries.of(200, 204, 304, 500, 100, 99)
                .flatMap(status -> field.flatMap(name -> value.map(text -> AjpPackets.head(status, name, text))));
        Arbitrary<String> others = Arbitraries.of(
                AjpPackets.END,
                AjpPackets.END_AND_CLOSE,
                AjpPackets.FLUSH,
                AjpPackets.CPONG,
                AjpPackets.chunk("abc"),
                AjpPackets.chunk("x".repeat(9000)),
                AjpPackets.getBody(10),
                AjpPackets.packet("\3\0\5abc\0"),
                "AB\0\0",
                "A",
                "HTTP/1.1 200 OK\r\n\r\n");
        return Arbitraries.oneOf(List.of(heads, others))
                .list()
                .ofMaxSize(6)
                .map(list -> String.join("", list).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void seenAlike(byte[] bytes) throws IOException {
        String whole = seen(new ScriptedTransport(bytes));
        int middle = bytes.length / 2;
        assertThat(seen(new ScriptedTransport(
                        Arrays.copyOf(bytes, middle), Arrays.copyOfRange(bytes, middle, bytes.length))))
                .isEqualTo(whole);
        byte[][] single = new byte[Math.min(bytes.length, 300) + 1][];
        for (int i = 0; i < single.length - 1; i++) {
            single[i] = new byte[] {bytes[i]};
        }
        single[single.length - 1] = Arrays.copyOfRange(bytes, single.length - 1, bytes.length);
        assertThat(seen(new ScriptedTransport(single))).isEqualTo(whole);
    }

    /** Everything that can be seen of an answer, or the kind of its failure. */
    private static String seen(Transport wire) throws IOException {
        MemberConnection connection =
                new MemberConnection(new org.apache.hc.core5.pool.PoolEntry<>(PeerName.NONE), wire, 8192);
        ReadBuffer inlet = connection.inlet();
        AjpPacketReader packets = new AjpPacketReader(inlet);
        AjpBodySender sender = new AjpBodySender(RequestBody.NONE, connection, new ByteArrayPool(8192), 8192);
        StringBuilder seen = new StringBuilder();
        try {
            AjpPacketReader.Packet packet = packets.next();
            while (packet == AjpPacketReader.Packet.NONE) {
                if (inlet.fill() < 0) {
                    throw new EOFException();
                }
                packet = packets.next();
            }
            if (packet != AjpPacketReader.Packet.HEADERS) {
                return "other: " + packet;
            }
            ParsedHead head = packets.head(1000);
            SeenResponse.requireClean(head);
            seen.append(head.status()).append(' ').append(head.fields());
            long length = Framing.of("GET", head).length();
            boolean allowed = org.fairlead.http.ResponseHead.allowsBody("GET", head.status());
            AjpBodyDecoder body = new AjpBodyDecoder(inlet, packets, sender, length, allowed);
            for (int n = body.atHand(); n >= 0; n = body.atHand()) {
                if (n == 0) {
                    body.fill();
                    continue;
                }
                seen.append(new String(inlet.bytes, inlet.position, n, StandardCharsets.ISO_8859_1));
                body.used(n);
            }
            return seen.toString();
        } catch (BadResponseException e) {
            assertThat(e.getMessage()).isNotBlank();
            return "bad: " + e.getMessage();
        } catch (EOFException e) {
            return "cut " + seen;
        }
    }
}
