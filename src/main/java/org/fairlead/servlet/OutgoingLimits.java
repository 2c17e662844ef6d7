package org.fairlead.servlet;

import java.util.Optional;
import org.apache.http.client.config.RequestConfig;

/**
 * How a servlet with {@code targetUri} treats its members, in the words of {@code ProxyPass}.
 *
 * @param connectMillis {@code http.socket.timeout}, which is the time to connect; 0 or less = the default of ProxyPass
 * @param readMillis {@code http.read.timeout}; 0 or less = the default
 * @param acquireMillis {@code http.connectionrequest.timeout}; 0 or less = the default
 * @param connections {@code http.maxConnections}; 0 or less = not limited
 * @param systemProperties {@code useSystemProperties}: whether the JVM's proxy settings hold
 */
record OutgoingLimits(int connectMillis, int readMillis, int acquireMillis, int connections, boolean systemProperties) {
    /** These limits, but with the times that an overridden {@code buildRequestConfig} gives. */
    OutgoingLimits with(RequestConfig config) {
        return new OutgoingLimits(
                config.getConnectTimeout(),
                config.getSocketTimeout(),
                config.getConnectionRequestTimeout(),
                connections,
                systemProperties);
    }

    /** The parameters of a {@code ProxyPass} line, with a space in front of each. */
    String parameters() {
        int most = connections > 0 ? connections : fromSystem().orElse(0);
        return " retry=0 upgrade=websocket"
                + (connectMillis > 0 ? " connectiontimeout=" + connectMillis + "ms" : "")
                + (readMillis > 0 ? " timeout=" + readMillis + "ms" : "")
                + (acquireMillis > 0 ? " acquire=" + acquireMillis : "")
                + (most > 0 ? " max=" + most : "");
    }

    private Optional<Integer> fromSystem() {
        return systemProperties ? Optional.ofNullable(Integer.getInteger("http.maxConnections")) : Optional.empty();
    }
}
