package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.fairlead.http.Headers;

/** What the parsers make of a member's bytes, as one text to compare; whatever they accept must be clean. */
final class SeenResponse {
    private SeenResponse() {}

    /** Everything that can be seen of an answer, or the kind of its failure: {@code bad: …} or {@code cut …}. */
    static String of(Transport wire) throws IOException {
        ReadBuffer inlet = new ReadBuffer(wire);
        HeadParser parser = new HeadParser(inlet, 1000);
        StringBuilder seen = new StringBuilder();
        try {
            ParsedHead head = parser.read();
            requireClean(head);
            seen.append(head.status()).append(' ').append(head.fields());
            ResponseBodyDecoder body = new ResponseBodyDecoder(inlet, parser, Framing.of("GET", head));
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
        } catch (BadResponseException e) {
            assertThat(e.getMessage()).isNotBlank();
            return "bad: " + e.getMessage();
        } catch (EOFException e) {
            return "cut " + seen;
        }
    }

    /** Fails unless status and fields may go on to a client; a length is there once at most when the framing is known. */
    static void requireClean(ParsedHead head) throws BadResponseException {
        assertThat(head.status()).isBetween(100, 999);
        requireClean(head.fields());
        Framing.of("GET", head);
        assertThat(head.fields().all("Content-Length")).hasSizeLessThanOrEqualTo(1);
    }

    private static void requireClean(Headers fields) {
        fields.forEach((name, value) -> {
            assertThat(FieldSyntax.isToken(name)).as(name).isTrue();
            assertThat(value.chars().allMatch(c -> c >= ' ' && c != 0x7F || c == '\t'))
                    .as(value)
                    .isTrue();
        });
    }
}
