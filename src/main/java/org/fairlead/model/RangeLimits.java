package org.fairlead.model;

import java.util.Optional;

/**
 * How many ranges of one response a request may ask for before it gets the whole ({@code MaxRanges} and its like).
 *
 * @param ranges {@code MaxRanges}: parts after merging, default 200; 0 = no response is cut
 * @param overlaps {@code MaxRangeOverlaps}: ranges that touch the one before, default 20
 * @param reversals {@code MaxRangeReversals}: ranges that begin ahead of the one before, default 20
 */
public record RangeLimits(Optional<Integer> ranges, Optional<Integer> overlaps, Optional<Integer> reversals) {
    /** Says nothing. */
    public static final RangeLimits NONE = new RangeLimits(Optional.empty(), Optional.empty(), Optional.empty());

    /** {@code unlimited}. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** httpd's own, and {@code MaxRanges default}. */
    public static final int DEFAULT_RANGES = 200;

    /** httpd's own for overlaps and for reversals. */
    public static final int DEFAULT_OVERLAPS = 20;

    public int maxRanges() {
        return ranges.orElse(DEFAULT_RANGES);
    }

    public int maxOverlaps() {
        return overlaps.orElse(DEFAULT_OVERLAPS);
    }

    public int maxReversals() {
        return reversals.orElse(DEFAULT_OVERLAPS);
    }

    /** Returns this with what a section says put over it. */
    RangeLimits merge(RangeLimits over) {
        return new RangeLimits(
                over.ranges.or(() -> ranges), over.overlaps.or(() -> overlaps), over.reversals.or(() -> reversals));
    }
}
