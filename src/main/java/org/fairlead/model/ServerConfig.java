package org.fairlead.model;

import java.time.Duration;

/**
 * Settings of the whole process and its connectors, in httpd's terms and with httpd's defaults.
 *
 * @param timeout {@code Timeout}: the longest silence between two network events; more than 0, default 60 s
 * @param keepAlive {@code KeepAlive}: whether a client connection serves more than one request; default on
 * @param keepAliveTimeout {@code KeepAliveTimeout}: how long an idle client connection stays; default 5 s
 * @param maxKeepAliveRequests {@code MaxKeepAliveRequests}: requests per connection; default 100, 0 = unlimited
 * @param maxRequestWorkers {@code MaxRequestWorkers}: requests in flight at once, more wait; default 0 = not said: 400
 *     (httpd's) where each takes a platform thread, and as many as connections where the JDK has virtual ones (21+)
 * @param maxConnections {@code MaxConnections}: client connections open at once; default 8192
 * @param maxConnectionsPerChild {@code MaxConnectionsPerChild}: connections after which the process drains and ends;
 *     0 = never
 * @param listenBacklog {@code ListenBacklog}: default 511
 * @param limitRequestLine {@code LimitRequestLine}: bytes of the request line; default 8190
 * @param limitRequestFieldSize {@code LimitRequestFieldSize}: bytes of one field line; default 8190
 * @param limitRequestFields {@code LimitRequestFields}: field lines in one request; default 100, 0 = unlimited
 * @param gracefulShutdownTimeout {@code GracefulShutdownTimeout}: how long running requests may take to finish at a
 *     stop; default 30 s (httpd waits for ever), 0 = for ever
 * @param healthCheckThreads {@code ProxyHCTPsize}: probes that may run at once; default 16, 0 = one after the other
 * @param headTimeout {@code RequestReadTimeout header=}
 * @param bodyTimeout {@code RequestReadTimeout body=}
 * @param traceEnabled {@code TraceEnable}: whether TRACE is forwarded; default off (httpd: on)
 * @param http2 {@code H2MaxSessionStreams} and its kin
 */
public record ServerConfig(
        Duration timeout,
        boolean keepAlive,
        Duration keepAliveTimeout,
        int maxKeepAliveRequests,
        int maxRequestWorkers,
        int maxConnections,
        long maxConnectionsPerChild,
        int listenBacklog,
        int limitRequestLine,
        int limitRequestFieldSize,
        int limitRequestFields,
        Duration gracefulShutdownTimeout,
        int healthCheckThreads,
        ReadTimeout headTimeout,
        ReadTimeout bodyTimeout,
        boolean traceEnabled,
        Http2Config http2) {
    /** httpd's defaults. */
    public static final ServerConfig DEFAULTS = new ServerConfig(
            Duration.ofSeconds(60),
            true,
            Duration.ofSeconds(5),
            100,
            0,
            8192,
            0,
            511,
            8190,
            8190,
            100,
            Duration.ofSeconds(30),
            16,
            ReadTimeout.HEADER,
            ReadTimeout.BODY,
            false,
            Http2Config.DEFAULTS);

    public ServerConfig {
        Check.positive("Timeout", timeout);
        Check.notNegative("KeepAliveTimeout", keepAliveTimeout);
        Check.atLeast("MaxKeepAliveRequests", maxKeepAliveRequests, 0);
        Check.atLeast("MaxRequestWorkers", maxRequestWorkers, 0);
        Check.atLeast("MaxConnections", maxConnections, 1);
        Check.atLeast("MaxConnectionsPerChild", maxConnectionsPerChild, 0);
        Check.atLeast("ListenBacklog", listenBacklog, 1);
        Check.atLeast("LimitRequestLine", limitRequestLine, 1);
        Check.atLeast("LimitRequestFieldSize", limitRequestFieldSize, 1);
        Check.range("LimitRequestFields", limitRequestFields, 0, 32767);
        Check.notNegative("GracefulShutdownTimeout", gracefulShutdownTimeout);
        Check.atLeast("ProxyHCTPsize", healthCheckThreads, 0);
    }
}
