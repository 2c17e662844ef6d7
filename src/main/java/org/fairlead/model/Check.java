package org.fairlead.model;

import java.time.Duration;

/** The wording of a range error, so that every record refuses a bad value in the same sentence. */
final class Check {
    private Check() {}

    static void range(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(key + " '" + value + "' (expected: " + min + " to " + max + ")");
        }
    }

    static void atLeast(String key, long value, long min) {
        if (value < min) {
            throw new IllegalArgumentException(key + " '" + value + "' (expected: " + min + " or more)");
        }
    }

    static void notNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(key + " '" + value.toMillis() + "ms' (expected: 0 or more)");
        }
    }

    static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " '" + value.toMillis() + "ms' (expected: more than 0)");
        }
    }
}
