package org.fairlead.balancer;

import org.fairlead.counters.LatencyDistribution;

/**
 * A balancer's wait queue at one moment.
 *
 * @param waiting requests that wait now, for a member or for a place at one
 * @param waits the waiting times of requests that waited at all, served or not
 * @param rejectedFull requests that were rejected because every member was at its {@code max}
 * @param rejectedNoMember requests that were rejected because no member was usable
 */
public record QueueSnapshot(int waiting, LatencyDistribution waits, long rejectedFull, long rejectedNoMember) {}
