package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.fairlead.http.LogText;
import org.fairlead.model.BalancerConfig;

/**
 * One balancer's selection: from a request's affinity to a member, step by step as in httpd's mod_proxy_balancer
 * (proxy_balancer_pre_request). Every call holds the wait queue's lock; nothing here blocks.
 */
final class MemberSelection {
    /** The logged length of a route that a client sent. */
    private static final int MAX_LOGGED_ROUTE_CHARS = 100;

    private final BalancerConfig config;
    private final LbMethod method;
    private final MemberSet roster;
    private final WaitQueue room;
    private final PassiveHealth verdict;
    private final LongSupplier clock;
    private final CandidateCache shortlist;

    MemberSelection(BalancerConfig config, LbMethod method, MemberSet roster, WaitQueue room, LongSupplier clock) {
        this.config = config;
        this.method = method;
        this.roster = roster;
        this.room = room;
        this.clock = clock;
        this.verdict = new PassiveHealth(config, roster, room, clock);
        this.shortlist = new CandidateCache(room);
    }

    LbMethod method() {
        return method;
    }

    PassiveHealth verdict() {
        return verdict;
    }

    /** Selects a member, and books nothing but the shares. */
    Selection hold(Affinity wish, List<Member> tried) {
        long now = clock.getAsLong();
        List<Member> members = roster.members();
        forceRecovery(members, now);
        boolean panic = isPanic(members);
        if (wish.route().isPresent()) {
            String route = wish.route().get();
            SessionMember search = new SessionMember(members, tried, now, panic);
            Optional<Member> own = search.find(route);
            if (own.isPresent()) {
                return bySession(members, own.get(), route);
            }
            if (!config.failover() && search.knows(route)) {
                return new Selection.NoneAvailable(
                        "the member of route '" + LogText.clean(route, MAX_LOGGED_ROUTE_CHARS)
                                + "' is out of service, and nofailover is on",
                        dueAt(members, now));
            }
        }
        return byMethod(members, wish, tried, now, panic);
    }

    private Selection bySession(List<Member> members, Member own, String route) {
        if (own.isFull()) {
            return new Selection.AtCapacity(List.of(own), true);
        }
        SmoothWeightedRoundRobin.electedBySession(members, own);
        own.load().beginBySession();
        return new Selection.Selected(own, !SessionMember.isRouteOf(own, route));
    }

    private Selection byMethod(List<Member> members, Affinity wish, List<Member> tried, long now, boolean panic) {
        Candidates candidates = shortlist.of(members, tried, now, panic);
        SlowStart.weigh(candidates.members(), config.slowStart(), now);
        Optional<Member> chosen = method.choose(candidates.members(), new Pick(wish.hashKey(), now));
        if (chosen.isPresent()) {
            return new Selection.Selected(chosen.get(), config.sticky().isPresent());
        }
        return candidates.full().isEmpty()
                ? new Selection.NoneAvailable(Reasons.of(members, tried), dueAt(members, now))
                : new Selection.AtCapacity(candidates.full(), false);
    }

    /** Makes the member busy, and returns the lease that ends it. */
    Lease lease(Selection.Selected elected) {
        elected.member().begin();
        return new MemberLease(elected.member(), elected.routeChanged(), verdict);
    }

    /** When every member is in error and none of them is due, all are tried again ({@code forcerecovery}). */
    void forceRecovery(List<Member> members, long now) {
        for (Member member : members) {
            member.retryIfDue(now);
            if (!isDown(member)) {
                return;
            }
        }
        if (config.forceRecovery() && !config.standalone()) {
            members.forEach(member -> member.recover(now));
        }
    }

    private static boolean isDown(Member member) {
        return member.status().isInError() || member.status().isEjected();
    }

    /**
     * Whether so few members are usable that observed failures are rather ignored than all requests sent to those few.
     */
    boolean isPanic(List<Member> members) {
        int threshold = config.ejection()
                .map(BalancerConfig.EjectionConfig::panicPercent)
                .orElse(0);
        if (threshold == 0) {
            return false;
        }
        int inService = 0;
        int usable = 0;
        for (Member member : members) {
            MemberStatus status = member.status();
            inService += status.isOutOfService() ? 0 : 1;
            usable += status.isUsable() ? 1 : 0;
        }
        return usable * 100L < (long) threshold * inService;
    }

    private static long dueAt(List<Member> members, long now) {
        long due = Long.MAX_VALUE;
        for (Member member : members) {
            long one = member.state().dueAt(now);
            if (one != Long.MAX_VALUE && (due == Long.MAX_VALUE || one - due < 0)) {
                due = one;
            }
        }
        return due;
    }
}
