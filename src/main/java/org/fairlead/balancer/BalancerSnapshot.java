package org.fairlead.balancer;

import java.util.List;
import org.fairlead.model.BalancerConfig;

/**
 * A balancer's state at one moment, for manager, console, API and metrics.
 *
 * @param config the effective configuration: the file's, with the administrative changes since
 * @param maxAttempts {@code maxattempts} or its default
 * @param members in configuration order, those that were added after them
 * @param queue the requests that wait, and the outcome of those that waited
 * @param retries second attempts
 */
public record BalancerSnapshot(
        BalancerConfig config,
        int maxAttempts,
        List<MemberSnapshot> members,
        QueueSnapshot queue,
        RetrySnapshot retries) {
    public BalancerSnapshot {
        members = List.copyOf(members);
    }

    static BalancerSnapshot of(Balancer balancer, BalancerCounters counters, int waiting, long now) {
        return new BalancerSnapshot(
                balancer.config(),
                balancer.maxAttempts(),
                balancer.members().stream()
                        .map(member -> MemberSnapshot.of(member, now))
                        .toList(),
                counters.queue(waiting),
                counters.retries());
    }

    /** Returns {@code name} of {@code balancer://name}; for a standalone member its URL. */
    public String name() {
        return config.name();
    }

    /** Returns how many members could be sent requests now. */
    public long usable() {
        return members.stream().filter(member -> member.status().isUsable()).count();
    }
}
