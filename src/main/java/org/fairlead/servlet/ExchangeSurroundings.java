package org.fairlead.servlet;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.fairlead.api.Fairlead;
import org.fairlead.engine.ExchangeObserver;
import org.fairlead.model.ReadTimeout;
import org.fairlead.model.ServerConfig;

/**
 * Environment that all exchanges share.
 *
 * @param bodyTimeout {@code RequestReadTimeout body=}
 * @param timeout {@code Timeout}
 * @param suspensions requests that wait without a thread
 * @param observers gives the embedding application's observer of a request
 */
record ExchangeSurroundings(
        ContainerTraits container,
        ReadTimeout bodyTimeout,
        Duration timeout,
        BodyThreads threads,
        OpenTunnels tunnels,
        AsyncSuspensions suspensions,
        Supplier<ExchangeObserver> observers) {
    /** Environment of a servlet whose configuration is not read yet, or has no such settings. */
    static ExchangeSurroundings of(ContainerTraits container, Optional<Fairlead> embedded) {
        return new ExchangeSurroundings(
                container,
                ReadTimeout.NONE,
                ServerConfig.DEFAULTS.timeout(),
                new BodyThreads(),
                new OpenTunnels(),
                new AsyncSuspensions(),
                embedded.map(Fairlead::observer).orElse(() -> ExchangeObserver.NONE));
    }

    /** The same environment with the time limits of a configuration. */
    ExchangeSurroundings with(ServerConfig server) {
        return new ExchangeSurroundings(
                container, server.bodyTimeout(), server.timeout(), threads, tunnels, suspensions, observers);
    }
}
