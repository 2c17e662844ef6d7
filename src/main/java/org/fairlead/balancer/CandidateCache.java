package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;

/**
 * A cache of the last candidates, valid as long as they cannot have changed: no status changed, no time came due, no
 * member was tried, no member has a {@code max}. So most selections cost only what their method costs. Guarded by the
 * wait queue's lock.
 */
final class CandidateCache {
    private final WaitQueue room;
    private Optional<Candidates> found = Optional.empty();
    private List<Member> members = List.of();
    private long version;
    private boolean panic;

    CandidateCache(WaitQueue room) {
        this.room = room;
    }

    Candidates of(List<Member> members, List<Member> tried, long now, boolean panic) {
        if (!tried.isEmpty()) {
            return Candidates.among(members, tried, now, panic);
        }
        if (found.isPresent() && isValid(members, panic)) {
            return found.get();
        }
        // Read before the search: a change during the search makes its result stale.
        long before = room.version();
        Candidates candidates = Candidates.among(members, tried, now, panic);
        boolean timeless = true;
        for (Member member : members) {
            timeless &= !member.status().isReturning()
                    && member.config().pool().max().isEmpty();
        }
        this.members = members;
        this.version = before;
        this.panic = panic;
        this.found = timeless ? Optional.of(candidates) : Optional.empty();
        return candidates;
    }

    private boolean isValid(List<Member> members, boolean panic) {
        return this.members == members && this.version == room.version() && this.panic == panic;
    }
}
