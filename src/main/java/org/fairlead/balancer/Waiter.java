package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A request that asks for a lease, with the thread that waits for it. Its fields but the lease are guarded by the room's lock;
 * the lease appears once, given by whoever made a place.
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

    /** Tries to serve it now; with the lock held. */
    boolean trySelect() {
        last = election.hold(wish, tried);
        if (last instanceof Selection.Selected elected) {
            lease = Optional.of(election.lease(elected));
            return true;
        }
        return false;
    }

    /** Gives the session up and tries to serve it anywhere; with the lock held. */
    boolean seatAnywhere() {
        wish = wish.withoutRoute();
        return trySelect();
    }

    /** Whether any member would do. */
    boolean takesAnyMember() {
        return tried.isEmpty() && wish.route().isEmpty();
    }

    /** Whether both would take any member of the same generation of the balancer. */
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

    /** Why it waits; with the lock held. */
    Selection last() {
        return last;
    }

    void wake() {
        LockSupport.unpark(thread);
    }
}
