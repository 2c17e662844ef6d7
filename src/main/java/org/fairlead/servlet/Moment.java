package org.fairlead.servlet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When a request came.
 *
 * @param epochMicros microseconds since 1970
 * @param nanos the same by {@link System#nanoTime}
 */
record Moment(long epochMicros, long nanos) {
    static Moment now() {
        return new Moment(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()), System.nanoTime());
    }
}
