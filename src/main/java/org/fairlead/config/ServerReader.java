package org.fairlead.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.fairlead.model.Http2Config;
import org.fairlead.model.ServerConfig;

/** Reads the settings of the process and its connectors. */
final class ServerReader {
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final int ANY = Integer.MAX_VALUE;

    private ServerReader() {}

    static ServerConfig read(Values server) {
        ServerConfig defaults = ServerConfig.DEFAULTS;
        return new ServerConfig(
                server.time("timeout", ChronoUnit.SECONDS, MILLISECOND).orElse(defaults.timeout()),
                keepAlive(server),
                server.time("keepalivetimeout", ChronoUnit.SECONDS, Duration.ZERO)
                        .orElse(defaults.keepAliveTimeout()),
                server.integer("maxkeepaliverequests", 0, ANY, defaults.maxKeepAliveRequests()),
                server.integer("maxrequestworkers", 1, ANY, defaults.maxRequestWorkers()),
                server.integer("maxconnections", 1, ANY, defaults.maxConnections()),
                server.integer("maxconnectionsperchild", 0, ANY, (int) defaults.maxConnectionsPerChild()),
                server.integer("listenbacklog", 1, ANY, defaults.listenBacklog()),
                server.integer("limitrequestline", 1, ANY, defaults.limitRequestLine()),
                server.integer("limitrequestfieldsize", 1, ANY, defaults.limitRequestFieldSize()),
                server.integer("limitrequestfields", 0, 32767, defaults.limitRequestFields()),
                server.time("gracefulshutdowntimeout", ChronoUnit.SECONDS, Duration.ZERO)
                        .orElse(defaults.gracefulShutdownTimeout()),
                server.integer("proxyhctpsize", 0, 1024, defaults.healthCheckThreads()),
                ReadTimeoutWords.read(server, "header", defaults.headTimeout()),
                ReadTimeoutWords.read(server, "body", defaults.bodyTimeout()),
                trace(server),
                http2(server));
    }

    /** 0 seconds is httpd's word for {@code Timeout}. */
    private static Http2Config http2(Values server) {
        return new Http2Config(
                server.integer("h2maxsessionstreams", 1, ANY, Http2Config.DEFAULTS.maxSessionStreams()),
                server.integer("h2windowsize", Http2Config.MIN_WINDOW_SIZE, ANY, Http2Config.DEFAULTS.windowSize()),
                server.time("h2streamtimeout", ChronoUnit.SECONDS, Duration.ZERO)
                        .filter(time -> !time.isZero()));
    }

    /** httpd once took a number here, of which 0 is Off. */
    private static boolean keepAlive(Values server) {
        return server.text("keepalive")
                .filter(text -> text.strip().matches("\\d{1,9}"))
                .map(text -> Integer.parseInt(text.strip()) != 0)
                .orElseGet(() -> server.flag("keepalive", ServerConfig.DEFAULTS.keepAlive()));
    }

    /** {@code extended} also lets a body pass, which is no business of a proxy. */
    private static boolean trace(Values server) {
        return server.text("traceenable")
                        .filter(t -> t.equalsIgnoreCase("extended"))
                        .isPresent()
                || server.flag("traceenable", ServerConfig.DEFAULTS.traceEnabled());
    }
}
