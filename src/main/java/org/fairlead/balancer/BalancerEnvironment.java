package org.fairlead.balancer;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a balancer is given of the world.
 *
 * @param clock nanoseconds from any origin, as {@link System#nanoTime()}
 * @param random used under the room's lock only, so it need not be thread-safe
 * @param rest puts the calling thread to rest for so many nanoseconds, or until it is unparked
 */
record BalancerEnvironment(LongSupplier clock, ForeseeableRandom random, LongConsumer rest) {
    BalancerEnvironment(LongSupplier clock, RandomGenerator random, LongConsumer rest) {
        this(clock, new ForeseeableRandom(random), rest);
    }
}
