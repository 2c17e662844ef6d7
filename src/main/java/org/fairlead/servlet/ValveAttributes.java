package org.fairlead.servlet;

import jakarta.servlet.http.HttpServletRequest;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Environment;

/** Request attributes for the access log of a container: {@code %{BALANCER_NAME}r} of Tomcat's AccessLogValve. */
final class ValveAttributes {
    /** Tomcat's RemoteIpValve leaves the client there for an AccessLogValve with requestAttributesEnabled. */
    private static final String REMOTE_ADDRESS = "org.apache.catalina.AccessLog.RemoteAddr";

    private ValveAttributes() {}

    /** Sets the variables of an exchange, and its client's address where a trusted proxy has sent it. */
    static void set(HttpServletRequest request, ClientConnection connection, Environment environment) {
        if (!connection.clientAddress().equals(connection.peerAddress())) {
            request.setAttribute(REMOTE_ADDRESS, connection.clientAddress());
        }
        environment.all().forEach(request::setAttribute);
    }
}
