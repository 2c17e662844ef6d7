package org.fairlead.system;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP/1 request or response as it stood on the wire.
 *
 * @param bytes everything that was read for it: head, body with its chunk framing, trailers
 * @param head the start line and the header lines, one character per byte, without the empty line
 * @param body the content without chunk framing
 * @param trailers header lines behind the last chunk
 * @param framing how the end of the body was marked
 * @param cut whether the connection ended before the message was complete; a body that the close itself delimits is
 *     cut only when the connection was reset
 */
public record WireMessage(byte[] bytes, String head, byte[] body, List<String> trailers, Framing framing, boolean cut) {
    /** How the end of a body is marked (RFC 9112 6.3). */
    public enum Framing {
        /** No body may follow this head. */
        NONE,
        /** Content-Length. */
        LENGTH,
        /** Transfer-Encoding: chunked. */
        CHUNKED,
        /** A response that ends with its connection. */
        CLOSE
    }

    public WireMessage {
        trailers = List.copyOf(trailers);
    }

    /** Returns the request line or the status line. */
    public String startLine() {
        return head.lines().findFirst().orElse("");
    }

    /** Returns the status of a response. */
    public int status() {
        return Integer.parseInt(startLine().split(" ", 3)[1]);
    }

    /** Returns the header lines in the order and the case of the wire. */
    public List<String> headerLines() {
        return head.lines().skip(1).toList();
    }

    /** Returns every value of a header, its name in any case, in the order of the wire. */
    public List<String> headers(String name) {
        return headerLines().stream()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }

    /** Returns the first value of a header, its name in any case. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** Returns the body as UTF-8. */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Returns all bytes, one character each: what a failed comparison should print. */
    public String text() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Prints what a failed assertion needs. */
    @Override
    public String toString() {
        return (cut ? "[cut] " : "") + text();
    }
}
