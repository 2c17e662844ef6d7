package org.fairlead.operations;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.fairlead.model.BalancerConfig.Method;

/**
 * A change of a balancer's parameters; an empty component stays unchanged.
 *
 * @param method {@code lbmethod}
 * @param timeout {@code timeout}: 0 to 7200 s
 * @param maxAttempts {@code maxattempts}: 0 to 99; in httpd's manager 0 means what is not set
 * @param failover false for {@code nofailover=On}
 * @param sticky {@code stickysession}: {@code cookie}, {@code cookie|parameter}, or {@code -} to end it
 */
public record BalancerChange(
        Optional<Method> method,
        Optional<Duration> timeout,
        OptionalInt maxAttempts,
        Optional<Boolean> failover,
        Optional<String> sticky) {
    /** Changes nothing. */
    public static final BalancerChange NONE = new BalancerChange(
            Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());

    /** Returns the change in words. */
    public String words() {
        return new OrderWords()
                .value("lbmethod", method)
                .value("timeout", timeout)
                .number("maxattempts", maxAttempts)
                .value("nofailover", failover.map(on -> !on))
                .value("stickysession", sticky)
                .toString();
    }

    /** Returns both changes together; of what both change, the {@code later}. */
    public BalancerChange merge(BalancerChange later) {
        return new BalancerChange(
                later.method.or(() -> method),
                later.timeout.or(() -> timeout),
                later.maxAttempts.isPresent() ? later.maxAttempts : maxAttempts,
                later.failover.or(() -> failover),
                later.sticky.or(() -> sticky));
    }
}
