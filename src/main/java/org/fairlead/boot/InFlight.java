package org.fairlead.boot;

import java.util.concurrent.Semaphore;

/** The requests that are in flight beside those that the warm threads run, and how many there may be. Thread-safe. */
final class InFlight {
    /** How many awaited answers are worth having at once while processors are what is short. */
    private static final int ENOUGH = 16 * Runtime.getRuntime().availableProcessors();

    private final int most;
    private final Semaphore room;
    private volatile boolean membersTalk;

    /** @param most how many there may be, at least 0 */
    InFlight(int most) {
        this.most = most;
        this.room = new Semaphore(most);
    }

    /** Counts one more, if there may be one. */
    boolean enter() {
        return room.tryAcquire();
    }

    /** Counts one less. */
    void leave() {
        room.release();
    }

    /** Says whether members have answered lately, or are silent, so that nothing is gained by waiting for them. */
    void membersTalk(boolean talk) {
        membersTalk = talk;
    }

    /**
     * Whether their answers come before further requests: processors are what is short, and more at once would only drive
     * each other out of the processors' caches.
     */
    boolean comeFirst(boolean saturated) {
        return saturated && membersTalk && most - room.availablePermits() >= ENOUGH;
    }
}
