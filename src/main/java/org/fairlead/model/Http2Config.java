package org.fairlead.model;

import java.time.Duration;
import java.util.Optional;

/**
 * Limits of HTTP/2 connections, in the words of httpd's mod_http2 and with its defaults.
 *
 * @param maxSessionStreams {@code H2MaxSessionStreams}: streams that a client may have open on one connection; default 100
 * @param windowSize {@code H2WindowSize}: bytes of a request's body that may come before any was read, for each stream;
 *     default 65535
 * @param streamTimeout {@code H2StreamTimeout}: the longest silence of the client on one stream; empty = {@code Timeout}
 */
public record Http2Config(int maxSessionStreams, int windowSize, Optional<Duration> streamTimeout) {
    /** The least that mod_http2 takes, so that a stream can move at all. */
    public static final int MIN_WINDOW_SIZE = 1024;

    public static final Http2Config DEFAULTS = new Http2Config(100, 65_535, Optional.empty());

    public Http2Config {
        Check.atLeast("H2MaxSessionStreams", maxSessionStreams, 1);
        Check.atLeast("H2WindowSize", windowSize, MIN_WINDOW_SIZE);
        streamTimeout.ifPresent(time -> Check.positive("H2StreamTimeout", time));
    }
}
