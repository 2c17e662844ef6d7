package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A request that asks for a lease, with the thread that waits for it. Its fields but the lease are guarded by the room's lock;
 * the lease appears once, given by whoever made a place.
 */
final class Waiter {
    private final Election election;
    private final List<Member> tried;
    private final Thread thread = Thread.currentThread();
    private Wish wish;
    private Outcome last = Outcome.Nobody.YET;
    private volatile Optional<Lease> lease = Optional.empty();

    Waiter(Election election, Wish wish, List<Member> tried) {
        this.election = election;
        this.wish = wish;
        this.tried = tried;
    }

    /** Tries to serve it now; with the lock held. */
    boolean seat() {
        last = election.hold(wish, tried);
        if (last instanceof Outcome.Elected elected) {
            lease = Optional.of(election.lease(elected));
            return true;
        }
        return false;
    }

    /** Gives the session up and tries to serve it anywhere; with the lock held. */
    boolean seatAnywhere() {
        wish = wish.withoutRoute();
        return seat();
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
        return last instanceof Outcome.Full full
                && (pinned.isEmpty() || full.own() && full.members().contains(pinned.get()));
    }

    /** The lease, once it is served. */
    Optional<Lease> lease() {
        return lease;
    }

    /** Why it waits; with the lock held. */
    Outcome last() {
        return last;
    }

    void wake() {
        LockSupport.unpark(thread);
    }
}
