package org.fairlead.http;

/**
 * The head of a request as the client sent it.
 *
 * @param method as received, case kept (RFC 9110 9.1)
 * @param target path and query as received
 * @param protocol {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2.0}
 * @param headers the fields, without HTTP/2's pseudo-fields; {@code Host} holds the authority
 */
public record RequestHead(String method, RequestTarget target, String protocol, Headers headers) {
    /** The authority that the client asked for, from {@code Host}; empty if it sent none (HTTP/1.0). */
    public String authority() {
        return headers.first("Host").orElse("");
    }

    public boolean isHead() {
        return method.equals("HEAD");
    }
}
