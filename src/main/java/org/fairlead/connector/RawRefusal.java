package org.fairlead.connector;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.tomcat.util.http.FastHttpDateFormat;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.ConnectorResponses;
import org.fairlead.exchange.ConnectorResponses.Refusal;
import org.fairlead.http.Headers;
import org.fairlead.http.ReasonPhrases;
import org.fairlead.http.ResponseHead;

/** Complete HTTP/1.1 response in bytes, for a connection on which Tomcat has no request to respond to. */
final class RawRefusal {
    private RawRefusal() {}

    /** @param responses empty = without fields and body */
    static byte[] of(
            int status, Optional<ConnectorResponses> responses, SocketWrapperBase<?> connection, boolean secure) {
        Refusal refusal = responses
                .map(own -> own.refusal(status, client(connection, secure), ""))
                .orElseGet(() -> new Refusal(new ResponseHead(status, new Headers()), new byte[0]));
        int sent = refusal.head().status();
        StringBuilder head = new StringBuilder("HTTP/1.1 " + sent + " " + ReasonPhrases.of(sent) + "\r\n");
        refusal.head()
                .headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(refusal.body().length).append("\r\n");
        head.append("Connection: close\r\nDate: ")
                .append(FastHttpDateFormat.getCurrentDate())
                .append("\r\n\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(refusal.body());
        return bytes.toByteArray();
    }

    private static ClientConnection client(SocketWrapperBase<?> connection, boolean secure) {
        return new ClientConnection(
                connection.getRemoteAddr(),
                connection.getRemotePort(),
                connection.getLocalAddr(),
                connection.getLocalPort(),
                secure);
    }
}
