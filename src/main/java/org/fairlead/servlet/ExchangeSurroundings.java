package org.fairlead.servlet;

import java.time.Duration;
import org.fairlead.model.ReadTimeout;

/**
 * What is the same for all exchanges.
 *
 * @param bodyTimeout {@code RequestReadTimeout body=}
 * @param timeout {@code Timeout}
 */
record ExchangeSurroundings(
        ContainerTraits container,
        ReadTimeout bodyTimeout,
        Duration timeout,
        BodyThreads threads,
        OpenTunnels tunnels) {}
