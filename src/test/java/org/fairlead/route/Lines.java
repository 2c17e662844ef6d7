package org.fairlead.route;

import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestHead;
import org.fairlead.http.RequestTarget;

/** Field lines in one cell of a table, {@code X-A: 1 && X-B: 2} or {@code -} for none; and requests that have them. */
final class Lines {
    private Lines() {}

    static Headers read(String cell) {
        Headers headers = new Headers();
        if (!cell.equals("-")) {
            for (String line : cell.split(" && ")) {
                int colon = line.indexOf(':');
                headers.add(line.substring(0, colon), line.substring(colon + 1).trim());
            }
        }
        return headers;
    }

    static String write(Headers headers) {
        return headers.size() == 0 ? "-" : headers.toString().trim().replace("\n", " && ");
    }

    /** A request over TLS, whose certificate says what no field may hold. */
    static FakeExchange exchange(Headers headers) {
        try {
            return FakeExchange.of(
                            new RequestHead("GET", RequestTarget.parse("/"), "HTTP/1.1", headers),
                            new ClientConnection("192.0.2.1", 40000, "127.0.0.1", 8080, true))
                    .tls("SSL_PROTOCOL", "TLSv1.3")
                    .tls("SSL_CLIENT_S_DN", "CN=é\r\nX-Evil: 1")
                    .tls("SSL_EMPTY", "");
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
    }
}
