package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A request that asks for a lease, with its waiting thread. Its fields but the lease are guarded by the wait queue's
 * lock. The lease is set once, by the thread that freed a place.
 */
final class Waiter {
    private final MemberSelection election;
    private final List<Member> tried;
    private final Thread thread = Thread.currentThread();
    private Affinity wish;
    private Selection last = Selection.NoneAvailable.YET;
    private volatile Optional<Lease> lease = Optional.empty();

    Waiter(MemberSelection election, Affinity wish, List<Member> tried) {
        this.election = election;
        this.wish = wish;
        this.tried = tried;
    }

    /** Tries to select a member for it now; with the lock held. */
    boolean trySelect() {
        last = election.hold(wish, tried);
        if (last instanceof Selection.Selected elected) {
            lease = Optional.of(election.lease(elected));
            return true;
        }
        return false;
    }

    /** Gives up its session and tries to select any member; with the lock held. */
    boolean seatAnywhere() {
        wish = wish.withoutRoute();
        return trySelect();
    }

    /** Whether it accepts any member. */
    boolean takesAnyMember() {
        return tried.isEmpty() && wish.route().isEmpty();
    }

    /** Whether both accept any member of the same generation of the balancer. */
    boolean asksTheSameAs(Waiter other) {
        return election == other.election && takesAnyMember() && other.takesAnyMember();
    }

    boolean waitsForPlace(Optional<Member> pinned) {
        return last instanceof Selection.AtCapacity full
                && (pinned.isEmpty() || full.own() && full.members().contains(pinned.get()));
    }

    /** The lease, once it is served. */
    Optional<Lease> lease() {
        return lease;
    }

    /** The reason why it waits; with the lock held. */
    Selection last() {
        return last;
    }

    void wake() {
        LockSupport.unpark(thread);
    }
}
