package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.fairlead.exchange.LogText;
import org.fairlead.model.BalancerConfig;

/**
 * One balancer's rule in force: from a request's wish to a member, step by step as httpd's mod_proxy_balancer goes
 * (proxy_balancer_pre_request). Every call holds the room's lock; nothing here blocks.
 */
final class Election {
    /** So many characters of what a client sent as its route are told. */
    private static final int LONGEST_ROUTE = 100;

    private final BalancerConfig config;
    private final LbMethod method;
    private final Roster roster;
    private final WaitingRoom room;
    private final Verdict verdict;
    private final LongSupplier clock;
    private final Shortlist shortlist;

    Election(BalancerConfig config, LbMethod method, Roster roster, WaitingRoom room, LongSupplier clock) {
        this.config = config;
        this.method = method;
        this.roster = roster;
        this.room = room;
        this.clock = clock;
        this.verdict = new Verdict(config, roster, room, clock);
        this.shortlist = new Shortlist(room);
    }

    LbMethod method() {
        return method;
    }

    Verdict verdict() {
        return verdict;
    }

    /** Elects, and books nothing but the shares. */
    Outcome hold(Wish wish, List<Member> tried) {
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
                return new Outcome.Nobody(
                        "the member of route '" + LogText.clean(route, LONGEST_ROUTE)
                                + "' is out of service, and nofailover is on",
                        dueAt(members, now));
            }
        }
        return byMethod(members, wish, tried, now, panic);
    }

    private Outcome bySession(List<Member> members, Member own, String route) {
        if (own.isFull()) {
            return new Outcome.Full(List.of(own), true);
        }
        Quota.electedBySession(members, own);
        return new Outcome.Elected(own, !SessionMember.isRouteOf(own, route));
    }

    private Outcome byMethod(List<Member> members, Wish wish, List<Member> tried, long now, boolean panic) {
        Candidates candidates = shortlist.of(members, tried, now, panic);
        SlowStart.weigh(candidates.members(), config.slowStart(), now);
        Optional<Member> chosen = method.choose(candidates.members(), new Pick(wish.hashKey(), now));
        if (chosen.isPresent()) {
            return new Outcome.Elected(chosen.get(), config.sticky().isPresent());
        }
        return candidates.full().isEmpty()
                ? new Outcome.Nobody(Reasons.of(members, tried), dueAt(members, now))
                : new Outcome.Full(candidates.full(), false);
    }

    /** Makes the member busy, and the lease that ends it. */
    Lease lease(Outcome.Elected elected) {
        elected.member().begin();
        return new MemberLease(elected.member(), elected.routeChanged(), verdict);
    }

    /** When every member is in error and none of them is due, all are tried again ({@code forcerecovery}). */
    private void forceRecovery(List<Member> members, long now) {
        for (Member member : members) {
            member.retryIfDue(now);
            if (!isDown(member)) {
                return;
            }
        }
        if (config.forceRecovery() && !config.lone()) {
            members.forEach(member -> member.recover(now));
        }
    }

    private static boolean isDown(Member member) {
        return member.status().isInError() || member.status().isEjected();
    }

    /** Whether so few are usable that what was observed is rather ignored than all sent to them. */
    private boolean isPanic(List<Member> members) {
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
