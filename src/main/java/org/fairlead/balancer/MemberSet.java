package org.fairlead.balancer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.StickyConfig;

/**
 * A balancer's member set. The list is immutable and published by one volatile write; the wait queue's lock serializes
 * changes.
 */
final class MemberSet {
    private final String balancer;
    private final boolean mints;
    private final WaitQueue room;
    private final LongSupplier clock;
    /** By the name in the configuration: one member, or as many as its name has addresses. Guarded by the lock. */
    private final Map<String, List<Member>> byName = new LinkedHashMap<>();

    private volatile List<Member> members = List.of();

    private MemberSet(BalancerConfig config, WaitQueue room, LongSupplier clock) {
        this.balancer = config.name();
        this.mints = config.sticky().flatMap(StickyConfig::mintedCookie).isPresent();
        this.room = room;
        this.clock = clock;
    }

    /** Returns the member set of a balancer that starts. */
    static MemberSet of(BalancerConfig config, WaitQueue room, LongSupplier clock) {
        MemberSet roster = new MemberSet(config, room, clock);
        for (MemberConfig member : config.members()) {
            roster.byName.put(member.name(), List.of(new Member(member, Optional.empty(), clock)));
        }
        roster.publish();
        return roster;
    }

    /** Returns a member set of copies, in their present state. */
    static MemberSet ofCopies(BalancerConfig config, List<Member> copies, WaitQueue room, LongSupplier clock) {
        MemberSet roster = new MemberSet(config, room, clock);
        roster.members = List.copyOf(copies);
        return roster;
    }

    /** Returns the member set of this balancer's successor: a member that stays keeps its state. */
    MemberSet succeed(BalancerConfig next) {
        MemberSet roster = new MemberSet(next, room, clock);
        for (MemberConfig config : next.members()) {
            List<Member> known = byName.getOrDefault(config.name(), List.of());
            roster.byName.put(config.name(), known.isEmpty() ? List.of(newcomer(config)) : kept(known, config));
        }
        roster.publish();
        return roster;
    }

    private static List<Member> kept(List<Member> known, MemberConfig config) {
        // Members made from SRV records have names of their own and follow at the next lookup.
        return known.stream()
                .map(member -> member.name().equals(config.name()) ? reconfigured(member, config) : member)
                .toList();
    }

    private Member newcomer(MemberConfig config) {
        return newcomer(new Endpoint(config, Optional.empty()));
    }

    private Member newcomer(Endpoint endpoint) {
        Member member = new Member(endpoint.config(), endpoint.address(), clock);
        member.state().joined(clock.getAsLong());
        return member;
    }

    /** The current members, in configuration order. */
    List<Member> members() {
        return members;
    }

    /** Replaces the endpoints of a configured member; a known endpoint keeps its member object. Lock held. */
    void replace(String name, List<Endpoint> endpoints) {
        List<Member> before = byName.get(name);
        if (before == null) {
            throw new IllegalArgumentException("member '" + name + "' (expected: one of " + byName.keySet() + ")");
        }
        List<Member> after = endpoints.stream()
                .map(endpoint -> find(before, endpoint)
                        .map(member -> reconfigured(member, endpoint.config()))
                        .orElseGet(() -> newcomer(endpoint)))
                .toList();
        if (!after.equals(before)) {
            byName.put(name, after);
            publish();
        }
    }

    private static Optional<Member> find(List<Member> members, Endpoint endpoint) {
        return members.stream()
                .filter(member -> member.address().equals(endpoint.address())
                        && member.config().address().equals(endpoint.config().address()))
                .findFirst();
    }

    /** A line inserted above it in the file is no change of a member. */
    private static Member reconfigured(Member member, MemberConfig config) {
        return config.withSource(member.config().source()).equals(member.config())
                ? member
                : member.reconfigured(config);
    }

    private void publish() {
        List<Member> all = new ArrayList<>();
        byName.values().forEach(all::addAll);
        for (Member member : all) {
            member.attach(room, mints ? SessionToken.of(balancer, member.id()) : "");
            member.load().weight(member.orders().loadFactorHundredths());
        }
        members = List.copyOf(all);
    }
}
