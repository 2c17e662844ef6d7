package org.fairlead.balancer;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A balancer's environment: clock, random numbers and the way to park a thread.
 *
 * @param clock nanoseconds from any origin, as {@link System#nanoTime()}
 * @param random used under the wait queue's lock only, so it need not be thread-safe
 * @param rest parks the calling thread for the given nanoseconds, or until it is unparked
 */
record BalancerEnvironment(LongSupplier clock, ForeseeableRandom random, LongConsumer rest) {
    BalancerEnvironment(LongSupplier clock, RandomGenerator random, LongConsumer rest) {
        this(clock, new ForeseeableRandom(random), rest);
    }
}
