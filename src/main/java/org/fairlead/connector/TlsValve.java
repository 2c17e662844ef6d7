package org.fairlead.connector;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Valve that publishes, as request attributes, the client's TLS state for which Tomcat has no attributes. */
public final class TlsValve extends ValveBase {
    public TlsValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.isSecure()) {
            TomcatExtensions.of(request).tls().ifPresent(tls -> tls.publish(request));
        }
        getNext().invoke(request, response);
    }
}
