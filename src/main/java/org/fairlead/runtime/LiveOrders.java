package org.fairlead.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.balancer.OrderOrigin;
import org.fairlead.config.AddedMember;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.model.MemberProtocol;
import org.fairlead.operations.BalancerChange;
import org.fairlead.operations.DrainOrder;
import org.fairlead.operations.HealthChange;
import org.fairlead.operations.MemberChange;
import org.fairlead.operations.OperatorOrders;
import org.fairlead.operations.OrderException;
import org.fairlead.operations.OrderException.Reason;
import org.fairlead.operations.ServerSnapshot.MemberKey;

/** Applies orders to the running proxy. Thread-safe; an order that changes the configuration waits for a reload. */
final class LiveOrders implements OperatorOrders {
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(10);

    private final ProxyRuntime runtime;

    LiveOrders(ProxyRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public void member(String balancer, String member, MemberChange change, OrderOrigin by) throws OrderException {
        synchronized (runtime) {
            Balancer group = balancer(balancer);
            List<Member> members = members(group, member);
            try {
                Overrides overrides = runtime.overrides();
                for (Member one : members) {
                    change.appliedTo(one.orders());
                    overrides = withHealth(overrides, group, one, change.health());
                }
                for (Member one : members) {
                    group.order(one, change::appliedTo, by);
                }
                if (!change.health().equals(HealthChange.NONE)) {
                    runtime.override(overrides);
                }
                if (change.flags().getOrDefault(StatusFlag.DRAIN, false)) {
                    members.forEach(one -> runtime.drains().begin(group, one, DrainOrder.DEFAULT, by));
                }
                runtime.keepOrders();
            } catch (IllegalArgumentException e) {
                throw new OrderException(Reason.INVALID, e.getMessage());
            }
        }
    }

    @Override
    public void drain(String balancer, String member, DrainOrder order, OrderOrigin by) throws OrderException {
        synchronized (runtime) {
            Balancer group = balancer(balancer);
            for (Member one : members(group, member)) {
                group.order(one, orders -> orders.with(StatusFlag.DRAIN, true), by);
                runtime.drains().begin(group, one, order, by);
            }
            runtime.keepOrders();
        }
    }

    private static Overrides withHealth(Overrides overrides, Balancer group, Member member, HealthChange change) {
        if (change.equals(HealthChange.NONE)) {
            return overrides;
        }
        MemberKey key = new MemberKey(group.config().name(), member.name());
        return overrides.withHealth(key, change.off() ? Optional.empty() : health(member.config(), change));
    }

    private static Optional<HealthCheckConfig> health(MemberConfig member, HealthChange change) {
        Optional<HealthCheckConfig> before = member.health();
        if (before.isEmpty() && change.method().isEmpty()) {
            throw new IllegalArgumentException("hcmethod (expected: one, as the member has no health check)");
        }
        MemberProtocol protocol = member.address().protocol();
        if (change.method().filter(method -> !method.suits(protocol)).isPresent()) {
            throw new IllegalArgumentException("hcmethod (expected: one for " + protocol.scheme() + ":// members)");
        }
        return Optional.of(new HealthCheckConfig(
                change.method().or(() -> before.map(HealthCheckConfig::method)).orElseThrow(),
                change.interval()
                        .or(() -> before.map(HealthCheckConfig::interval))
                        .orElse(Duration.ofSeconds(30)),
                change.passes().orElse(before.map(HealthCheckConfig::passes).orElse(1)),
                change.fails().orElse(before.map(HealthCheckConfig::fails).orElse(1)),
                change.uri().or(() -> before.map(HealthCheckConfig::uri)).orElse(""),
                before.map(HealthCheckConfig::expression).orElse(""),
                before.map(HealthCheckConfig::timeout)
                        .orElse(
                                member.pool().timeout().compareTo(LONGEST_PROBE) < 0
                                        ? member.pool().timeout()
                                        : LONGEST_PROBE)));
    }

    @Override
    public void balancer(String balancer, BalancerChange change, OrderOrigin by) throws OrderException {
        synchronized (runtime) {
            Balancer group = balancer(balancer);
            if (group.config().standalone()) {
                throw new OrderException(Reason.CONFLICT, balancer + " is a member of its own, not a balancer");
            }
            override(runtime.overrides().withBalancer(balancer, change));
        }
    }

    @Override
    public String add(String balancer, String url, OrderOrigin by) throws OrderException {
        synchronized (runtime) {
            Balancer group = balancer(balancer);
            if (group.config().growth() < 1) {
                throw new OrderException(Reason.CONFLICT, "balancer " + balancer + ": growth is used up");
            }
            MemberConfig member;
            try {
                member = AddedMember.of(url, group.config());
            } catch (IllegalArgumentException e) {
                throw new OrderException(Reason.INVALID, "'" + url + "' (expected: " + e.getMessage() + ")");
            }
            if (group.members().stream().anyMatch(one -> one.name().equals(member.name()))) {
                throw new OrderException(
                        Reason.CONFLICT, "balancer " + balancer + " has " + member.name() + " already");
            }
            List<MemberConfig> added = Stream.concat(runtime.overrides().addedTo(balancer).stream(), Stream.of(member))
                    .toList();
            override(runtime.overrides().withAdded(balancer, added));
            Balancer grown = balancer(balancer);
            grown.order(members(grown, member.name()).get(0), orders -> orders, by);
            return member.name();
        }
    }

    @Override
    public void remove(String balancer, String member, OrderOrigin by) throws OrderException {
        synchronized (runtime) {
            String name = members(balancer(balancer), member).get(0).name();
            List<MemberConfig> added = runtime.overrides().addedTo(balancer);
            List<MemberConfig> left =
                    added.stream().filter(one -> !one.name().equals(name)).toList();
            if (left.size() == added.size()) {
                throw new OrderException(
                        Reason.CONFLICT,
                        name + " stands in the configuration; only members that were added can be removed");
            }
            override(runtime.overrides().withAdded(balancer, left));
        }
    }

    private void override(Overrides overrides) throws OrderException {
        try {
            runtime.override(overrides);
            runtime.keepOrders();
        } catch (IllegalArgumentException e) {
            throw new OrderException(Reason.INVALID, e.getMessage());
        }
    }

    private Balancer balancer(String name) throws OrderException {
        return runtime.balancer(name)
                .orElseThrow(() -> new OrderException(Reason.UNKNOWN, "no balancer '" + name + "'"));
    }

    private static List<Member> members(Balancer balancer, String name) throws OrderException {
        List<Member> exact =
                balancer.members().stream().filter(one -> one.id().equals(name)).toList();
        List<Member> found = !exact.isEmpty()
                ? exact
                : balancer.members().stream()
                        .filter(one -> one.name().equals(name))
                        .toList();
        if (found.isEmpty()) {
            throw new OrderException(
                    Reason.UNKNOWN, "balancer " + balancer.config().name() + " has no member '" + name + "'");
        }
        return found;
    }
}
