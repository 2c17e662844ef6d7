package org.fairlead.http;

/**
 * The head of a response.
 *
 * @param status 100 to 999 as received from the member, or our own
 * @param headers the fields; framing fields are set by the sender and are present only where they describe the
 *     message (such as {@code Content-Length} in a response to HEAD)
 */
public record ResponseHead(int status, Headers headers) {
    /** Whether a response of this status to this method has a body at all (RFC 9112 6.3). */
    public static boolean allowsBody(String method, int status) {
        return !method.equals("HEAD") && status >= 200 && status != 204 && status != 304;
    }
}
