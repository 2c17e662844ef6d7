package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.fairlead.exchange.Headers;

class AnswerFuzzTest {
    /**
     * Any bytes of a member are refused, cut, or a clean answer; and how they are cut into reads changes nothing.
     */
    @FuzzTest(maxDuration = "60s")
    void anAnswerIsRefusedOrClean(byte[] data) throws Exception {
        String whole = read(new ScriptedWire(data));
        int middle = data.length / 2;
        assertThat(read(new ScriptedWire(Arrays.copyOf(data, middle), Arrays.copyOfRange(data, middle, data.length))))
                .isEqualTo(whole);
    }

    private static String read(Wire wire) throws IOException {
        Inlet inlet = new Inlet(wire);
        HeadParser parser = new HeadParser(inlet, 1000);
        StringBuilder seen = new StringBuilder();
        try {
            ParsedHead head = parser.read();
            assertThat(head.getCode()).isBetween(100, 999);
            requireClean(head.fields());
            seen.append(head.getCode()).append(' ').append(head.fields());
            Framing framing = Framing.of("GET", head);
            assertThat(head.fields().all("Content-Length")).hasSizeLessThanOrEqualTo(1);
            AnswerBody body = new AnswerBody(inlet, parser, framing);
            for (int n = body.atHand(); n >= 0; n = body.atHand()) {
                if (n == 0) {
                    inlet.fill();
                    continue;
                }
                seen.append(new String(inlet.bytes, inlet.position, n, StandardCharsets.ISO_8859_1));
                body.used(n);
            }
            requireClean(body.trailers());
            return seen.append('|').append(body.trailers()).toString();
        } catch (BadAnswerException e) {
            assertThat(e.getMessage()).isNotBlank();
            return "bad " + e.getMessage();
        } catch (EOFException e) {
            return "cut " + seen;
        }
    }

    private static void requireClean(Headers fields) {
        fields.forEach((name, value) -> {
            assertThat(FieldSyntax.isToken(name)).as(name).isTrue();
            assertThat(value.chars()).allMatch(c -> c >= ' ' && c != 0x7F || c == '\t');
        });
    }
}
