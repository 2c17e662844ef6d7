package org.fairlead.exchange;

/**
 * The connection that a request came in on, and the client's address.
 *
 * @param clientAddress the client's address: the peer's, or the one that a trusted proxy reported for its client; a
 *     literal without brackets
 * @param peerAddress the address of the connected peer
 * @param clientPort the peer's port
 * @param localAddress the local address of the connection
 * @param localPort the local port, which chooses among virtual hosts
 * @param secure whether the client used TLS towards us
 */
public record ClientConnection(
        String clientAddress, String peerAddress, int clientPort, String localAddress, int localPort, boolean secure) {
    /** A connection of the client itself. */
    public ClientConnection(String clientAddress, int clientPort, String localAddress, int localPort, boolean secure) {
        this(clientAddress, clientAddress, clientPort, localAddress, localPort, secure);
    }

    public String scheme() {
        return secure ? "https" : "http";
    }

    /** The port that a URL of {@link #scheme()} has where it names none (RFC 9110 4.2). */
    public int standardPort() {
        return standardPort(secure);
    }

    /** The port that a URL has where it names none: of {@code https} if {@code secure}, else of {@code http}. */
    public static int standardPort(boolean secure) {
        return secure ? 443 : 80;
    }

    /** The same connection with a request of another client. */
    public ClientConnection onBehalfOf(String client) {
        return new ClientConnection(client, peerAddress, clientPort, localAddress, localPort, secure);
    }
}
