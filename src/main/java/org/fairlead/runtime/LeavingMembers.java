package org.fairlead.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.operations.LeavingMember;

/** Members that a reload or an order has removed and that are still shown. Thread-safe. */
final class LeavingMembers {
    private static final Duration GRACE = Duration.ofMinutes(5);

    private final Queue<Left> left = new ConcurrentLinkedQueue<>();

    private record Left(String balancer, Member member, Instant since) {
        boolean isOver(Instant now) {
            return member.busy() == 0 && since.plus(GRACE).isBefore(now);
        }
    }

    /**
     * Adds members that a new configuration has no more.
     *
     * @param before the balancers of the last configuration by name
     * @param now those of the new one
     * @param gone members of the last one that the new one does not go on with
     */
    void add(Map<String, Balancer> before, Map<String, Balancer> now, Set<Member> gone) {
        before.forEach((name, balancer) -> balancer.members().stream()
                .filter(gone::contains)
                .filter(member -> Optional.ofNullable(now.get(name)).stream()
                        .flatMap(of -> of.members().stream())
                        .noneMatch(one -> one.id().equals(member.id())))
                .forEach(member -> add(name, member)));
    }

    private void add(String balancer, Member member) {
        Instant now = Instant.now();
        left.removeIf(one -> one.isOver(now));
        left.add(new Left(balancer, member, now));
    }

    /** Returns their current state; a member is dropped five minutes after its last request. */
    List<LeavingMember> snapshot() {
        Instant now = Instant.now();
        left.removeIf(one -> one.isOver(now));
        return left.stream()
                .map(one -> new LeavingMember(one.balancer(), one.member().snapshot(), one.since()))
                .toList();
    }
}
