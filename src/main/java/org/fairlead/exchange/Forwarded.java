package org.fairlead.exchange;

import org.fairlead.http.Headers;

/**
 * The fields that describe the client to a member: {@code X-Forwarded-For}, {@code -Host}, {@code -Server} as httpd's
 * {@code ProxyAddHeaders}, and {@code -Proto} and {@code -Port}.
 *
 * <p>Claims of an untrusted client are {@linkplain ClaimedFields removed} before. So values that are present when ours
 * are added come from a trusted proxy or from the operator's {@code RequestHeader} rules.
 */
public final class Forwarded {
    private Forwarded() {}

    /**
     * Adds our element to {@code Forwarded} (RFC 7239) where a trusted proxy has sent that field, and only there: the
     * peer, the requested host, and the scheme. To be called once for each head that a member gets, before the
     * operator's rules.
     */
    public static void continueChain(Headers headers, ClientConnection client, String authority) {
        if (!headers.contains("Forwarded")) {
            return;
        }
        String peer = client.peerAddress();
        String host = authority.replace("\\", "\\\\").replace("\"", "\\\"");
        append(
                headers,
                "Forwarded",
                "for=" + (peer.indexOf(':') < 0 ? peer : "\"[" + peer + "]\"")
                        + (authority.isEmpty() ? "" : ";host=\"" + host + "\"")
                        + ";proto=" + client.scheme());
    }

    /** Adds our fields for the request of this exchange. */
    public static void add(Headers headers, Exchange exchange, String serverName) {
        add(headers, exchange.connection(), exchange.request().authority(), serverName);
    }

    /**
     * Adds our fields. For, Host and Server are appended to existing values. Proto and Port are set only where absent:
     * they describe the client's own connection, which a trusted proxy in front of us knows and we do not.
     *
     * @param authority {@code Host} as the client sent it; empty if it sent none, then X-Forwarded-Host is left out
     * @param serverName our own name; empty = X-Forwarded-Server is left out
     */
    public static void add(Headers headers, ClientConnection client, String authority, String serverName) {
        add(headers, client, authority, serverName, client.secure());
    }

    /** The same, where a device in front may terminate TLS: {@code secure} is whether clients use TLS to it. */
    public static void add(
            Headers headers, ClientConnection client, String authority, String serverName, boolean secure) {
        append(headers, "X-Forwarded-For", client.clientAddress());
        if (!authority.isEmpty()) {
            append(headers, "X-Forwarded-Host", authority);
        }
        if (!serverName.isEmpty()) {
            append(headers, "X-Forwarded-Server", serverName);
        }
        if (!headers.contains("X-Forwarded-Proto")) {
            headers.add("X-Forwarded-Proto", secure ? "https" : "http");
            if (!headers.contains("X-Forwarded-Port")) {
                headers.add("X-Forwarded-Port", port(authority, client, secure));
            }
        }
    }

    /** Appends a value to the last line of this name, so that the lines before it stay as received. */
    private static void append(Headers headers, String name, String value) {
        int last = -1;
        for (int i = headers.indexOf(name, 0); i >= 0; i = headers.indexOf(name, i + 1)) {
            last = i;
        }
        if (last < 0) {
            headers.add(name, value);
        } else if (headers.value(last).isEmpty()) {
            headers.setValue(last, value);
        } else {
            headers.setValue(last, headers.value(last) + ", " + value);
        }
    }

    /** The port as the client sees it: the requested one, its scheme's, or, without a requested host, the real one. */
    private static String port(String authority, ClientConnection client, boolean secure) {
        if (authority.isEmpty()) {
            return Integer.toString(client.localPort());
        }
        int colon = authority.lastIndexOf(':');
        if (colon > authority.lastIndexOf(']')) {
            String port = authority.substring(colon + 1);
            if (isPort(port)) {
                return port;
            }
        }
        return secure ? "443" : "80";
    }

    private static boolean isPort(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 5;
    }
}
