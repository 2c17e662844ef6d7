package org.fairlead.exchange;

/**
 * The connection a request came in on.
 *
 * @param clientAddress the peer's address, a literal without brackets
 * @param localAddress the address it came to
 * @param localPort the port it came to, which chooses among virtual hosts
 * @param secure whether the client used TLS towards us
 */
public record ClientConnection(
        String clientAddress, int clientPort, String localAddress, int localPort, boolean secure) {
    public String scheme() {
        return secure ? "https" : "http";
    }
}
