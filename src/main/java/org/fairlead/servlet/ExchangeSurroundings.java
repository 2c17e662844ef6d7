package org.fairlead.servlet;

import java.time.Duration;
import org.fairlead.model.ReadTimeout;

/**
 * What is the same for all exchanges.
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
        AsyncSuspensions suspensions) {}
