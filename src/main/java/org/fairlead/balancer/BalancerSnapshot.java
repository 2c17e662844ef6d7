package org.fairlead.balancer;

import java.util.List;
import org.fairlead.model.BalancerConfig;

/**
 * A balancer as it was at one moment, for console and metrics.
 *
 * @param config what the operator wrote
 * @param maxAttempts {@code maxattempts} or what stands for it
 * @param members in configuration order
 * @param waiting requests that wait for a member or for a place at one
 */
public record BalancerSnapshot(BalancerConfig config, int maxAttempts, List<MemberSnapshot> members, int waiting) {
    public BalancerSnapshot {
        members = List.copyOf(members);
    }

    static BalancerSnapshot of(BalancerConfig config, int maxAttempts, List<Member> members, int waiting, long now) {
        return new BalancerSnapshot(
                config,
                maxAttempts,
                members.stream().map(member -> MemberSnapshot.of(member, now)).toList(),
                waiting);
    }
}
