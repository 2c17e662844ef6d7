package org.fairlead.exchange;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.fairlead.http.Headers;

/**
 * What a client sends behind its head, for tests of all packages.
 *
 * @param length as the head tells it; negative = it does not
 */
public record GivenBody(long length, InputStream stream, Headers trailers) implements RequestBody {
    public static GivenBody of(String text, long length) {
        return new GivenBody(
                length, new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), new Headers());
    }
}
