package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.fairlead.model.BalancerConfig;

/**
 * Chooses one member among those that may serve a request.
 *
 * <p>The caller has already removed members that are down, draining, full or tried before, so a method weighs
 * candidates and knows nothing of health. Called by one thread at a time (under the balancer's lock); must not block.
 */
interface LbMethod {
    /** Returns the chosen member, or empty if and only if {@code candidates} is empty. */
    Optional<Member> choose(List<Member> candidates, Pick pick);

    /**
     * Returns a copy that makes the same next choices as this method, and leaves this one unchanged.
     *
     * @param random the source of random methods
     */
    default LbMethod copy(RandomGenerator random) {
        return this;
    }

    /** Returns the method of this name. */
    static LbMethod of(BalancerConfig.Method method, RandomGenerator random) {
        return switch (method) {
            case BYREQUESTS -> new ByRequests();
            case BYTRAFFIC -> new ByTraffic();
            case BYBUSYNESS -> new ByBusyness();
            case HEARTBEAT -> new ByHeartbeat(random);
            case LEASTCONN -> new LeastConn();
            case P2C -> new PowerOfTwoChoices(random);
            case EWMA -> new PeakEwma();
            case HASH -> new ConsistentHash();
        };
    }
}
