package org.fairlead.servlet;

import java.time.Duration;
import org.fairlead.model.ReadTimeout;
import org.fairlead.model.ServerConfig;

/**
 * Environment that all exchanges share.
 *
 * @param bodyTimeout {@code RequestReadTimeout body=}
 * @param timeout {@code Timeout}
 * @param suspensions requests that wait without a thread
 */
record ExchangeSurroundings(
        ContainerTraits container,
        ReadTimeout bodyTimeout,
        Duration timeout,
        BodyThreads threads,
        OpenTunnels tunnels,
        AsyncSuspensions suspensions) {
    /** Environment of a servlet whose configuration is not read yet, or has no such settings. */
    static ExchangeSurroundings of(ContainerTraits container) {
        return new ExchangeSurroundings(
                container,
                ReadTimeout.NONE,
                ServerConfig.DEFAULTS.timeout(),
                new BodyThreads(),
                new OpenTunnels(),
                new AsyncSuspensions());
    }

    /** The same environment with the time limits of a configuration. */
    ExchangeSurroundings with(ServerConfig server) {
        return new ExchangeSurroundings(
                container, server.bodyTimeout(), server.timeout(), threads, tunnels, suspensions);
    }
}
