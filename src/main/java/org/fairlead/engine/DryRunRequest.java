package org.fairlead.engine;

import java.util.Locale;
import java.util.Optional;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.expression.Authority;
import org.fairlead.http.Headers;
import org.fairlead.http.IpAddress;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestHead;
import org.fairlead.http.RequestTarget;

/**
 * The request of a dry run. It comes over HTTP/1.1, without a body and without a client certificate.
 *
 * @param head with a {@code Host}, which is the URL's unless the fields name another
 * @param connection from the client to the address and port that it is assumed to have connected to
 */
public record DryRunRequest(RequestHead head, ClientConnection connection) {
    private static final int CLIENT_PORT = 49152;

    /** The local port that a connection is assumed to have. */
    public interface Ports {
        /** The URL's own. */
        Ports AS_ASKED = (secure, port) -> port;

        /** @param port the port of the URL, or the scheme's default */
        int local(boolean secure, int port);
    }

    /**
     * Parses a request as typed by an operator.
     *
     * @param request {@code METHOD URL}, or a URL alone for a GET; the target is taken byte for byte as it stands there
     * @param fields the fields that the client sends besides {@code Host}
     * @param client an address, to the request the peer's
     * @throws IllegalArgumentException if one of them is invalid; the message says what is expected
     */
    public static DryRunRequest of(String request, Headers fields, String client, Ports ports) {
        String text = request.strip();
        int blank = text.indexOf(' ');
        String method = blank < 0 ? "GET" : text.substring(0, blank);
        String url = text.substring(blank + 1).strip();
        if (!isToken(method)) {
            throw bad("method", method, "a name such as GET");
        }
        String lower = url.toLowerCase(Locale.ROOT);
        boolean secure = lower.startsWith("https://");
        if (!secure && !lower.startsWith("http://")) {
            throw bad("request", request, "METHOD and an http:// or https:// URL, as in 'GET https://example.com/'");
        }
        String rest = url.substring(url.indexOf("//") + 2);
        int end = end(rest);
        String authority = rest.substring(0, end);
        Headers headers = fields.copy();
        if (!headers.contains("Host")) {
            headers.add("Host", authority);
        }
        return new DryRunRequest(
                new RequestHead(method, target(rest.substring(end)), "HTTP/1.1", headers),
                connection(client, ports.local(secure, port(authority, secure)), secure));
    }

    private static int end(String rest) {
        int end = 0;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static RequestTarget target(String text) {
        String target = text.startsWith("/") ? text : "/" + text;
        try {
            return RequestTarget.parse(target);
        } catch (RefusedException e) {
            throw bad("target", target, "one that is not refused with " + e.status() + ": " + e.getMessage());
        }
    }

    private static int port(String authority, boolean secure) {
        Authority parts = Authority.of(authority);
        boolean colon = parts.name().indexOf(':') >= 0 && !parts.name().startsWith("[");
        if (parts.name().isEmpty()
                || authority.indexOf('@') >= 0
                || colon
                || parts.digits().length() > 5) {
            throw bad("host", authority, "a name or an address, and :PORT behind it where it is not the scheme's own");
        }
        return Integer.parseInt(parts.port(Integer.toString(ClientConnection.standardPort(secure))));
    }

    /** Whether a text can be a method or a field's name (RFC 9110 5.6.2). */
    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c >= '0' && c <= '9'
                                || c >= 'A' && c <= 'Z'
                                || c >= 'a' && c <= 'z'
                                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    private static ClientConnection connection(String client, int port, boolean secure) {
        Optional<IpAddress> address = IpAddress.parse(client);
        if (address.isEmpty()) {
            throw bad("client", client, "an address such as 192.0.2.7");
        }
        String local = client.indexOf(':') < 0 ? "127.0.0.1" : "0:0:0:0:0:0:0:1";
        return new ClientConnection(IpAddress.canonical(client), CLIENT_PORT, local, port, secure);
    }

    private static IllegalArgumentException bad(String what, String value, String expected) {
        return new IllegalArgumentException(what + " '" + value + "' (expected: " + expected + ")");
    }
}
