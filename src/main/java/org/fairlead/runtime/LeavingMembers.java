package org.fairlead.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    void add(String balancer, Member member) {
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
