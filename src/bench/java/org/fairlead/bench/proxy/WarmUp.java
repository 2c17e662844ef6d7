package org.fairlead.bench.proxy;

import java.io.IOException;

/**
 * How a peer was run on a workload before anybody measured it there.
 *
 * <p>Compiling is part of what a JVM's process costs, so a request gets cheaper slice by slice until the compiler has
 * done its work. How long that takes depends on what else the machine does, so it is looked at and not assumed.
 *
 * @param seconds how long
 * @param end what was seen at the end of it
 */
record WarmUp(double seconds, End end) {
    /** Two slices that differ by less than this share of the former are taken for the same. */
    static final double SAME = 0.07;

    private static final double LONGEST_SLICE_SECONDS = 5;

    /** What the last slices said. */
    enum End {
        /** The last two cost the same. */
        STEADY,
        /** The last two still differed when there was no more time. */
        NOT_STEADY,
        /** Nobody looked: there was no warm-up, or nothing is compiled in this peer. */
        NOT_LOOKED_AT
    }

    /** A slice of the load. */
    @FunctionalInterface
    interface Slice {
        /** Returns microseconds of CPU for a request; not a number if none was answered. */
        double run(double seconds) throws IOException, InterruptedException;
    }

    /**
     * Runs slices for {@code least} seconds, and further ones until two in a row cost the same, for {@code most} seconds at
     * the most.
     *
     * @param least in seconds; 0 = no warm-up
     * @param most in seconds; what is less than {@code least} counts as that
     */
    static WarmUp run(double least, double most, Slice slice) throws IOException, InterruptedException {
        if (least <= 0) {
            return new WarmUp(0, End.NOT_LOOKED_AT);
        }
        // Two of them, however short it is; the client counts in whole seconds.
        double length = Math.max(1, Math.round(Math.min(LONGEST_SLICE_SECONDS, least / 2)));
        double before = Double.NaN;
        double spent = 0;
        boolean steady = false;
        while (spent < least || !steady && spent + length <= most) {
            double now = slice.run(length);
            spent += length;
            steady = Math.abs(now - before) < SAME * before;
            before = now;
        }
        return new WarmUp(spent, steady ? End.STEADY : End.NOT_STEADY);
    }
}
