package org.fairlead.balancer;

/**
 * A member's last heartbeat.
 *
 * @param ready workers that are free
 * @param busy workers at work
 * @param seen when it arrived, in nanoseconds of the member's clock
 */
record HeartbeatReport(int ready, int busy, long seen) {
    /** A report older than this is ignored (httpd: LBM_HEARTBEAT_MAX_LASTSEEN). */
    static final long FRESH_NANOS = 10_000_000_000L;

    boolean isFresh(long now) {
        return now - seen < FRESH_NANOS;
    }

    /** The requests it offers to take. An idle member has just started and is not flooded (httpd: a quarter). */
    int slots() {
        return busy == 0 ? ready / 4 : ready;
    }
}
