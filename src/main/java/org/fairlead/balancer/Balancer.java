package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.fairlead.counters.FailureKind;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.http.RequestHead;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.StickyConfig;

/**
 * A group of members and the rule that selects among them. Thread-safe: selections run one after the other under a lock
 * that no thread holds while it waits for anything.
 */
public final class Balancer implements AutoCloseable {
    private final BalancerConfig config;
    private final MemberSet roster;
    private final WaitQueue room;
    private final BalancerEnvironment surroundings;
    private final MemberSelection election;
    private final RetryBudget budget;
    private final Optional<StickySession> sticky;
    private final QueuePolicy queueing;
    private final BalancerCounters counters;
    private final String url;

    /** A balancer on the system's clock. */
    public Balancer(BalancerConfig config) {
        this(config, System::nanoTime, new SplittableRandom());
    }

    /**
     * @param clock nanoseconds from any origin, as {@link System#nanoTime()}
     * @param random need not be thread-safe
     */
    public Balancer(BalancerConfig config, LongSupplier clock, RandomGenerator random) {
        this(config, new BalancerEnvironment(clock, random, QueuePolicy::park));
    }

    Balancer(BalancerConfig config, BalancerEnvironment surroundings) {
        this(config, surroundings, new WaitQueue(config.name()), new BalancerCounters());
    }

    private Balancer(
            BalancerConfig config, BalancerEnvironment surroundings, WaitQueue room, BalancerCounters counters) {
        this(
                config,
                surroundings,
                room,
                counters,
                MemberSet.of(config, room, surroundings.clock()),
                LbMethod.of(config.method(), surroundings.random()));
    }

    private Balancer(
            BalancerConfig config,
            BalancerEnvironment surroundings,
            WaitQueue room,
            BalancerCounters counters,
            MemberSet roster,
            LbMethod method) {
        this.config = config;
        this.surroundings = surroundings;
        this.room = room;
        this.counters = counters;
        this.roster = roster;
        this.election = new MemberSelection(config, method, roster, room, surroundings.clock());
        this.budget = new RetryBudget(config.retryBudgetPercent(), now());
        this.sticky = config.sticky().map(StickySession::new);
        this.queueing = new QueuePolicy(config, room, counters, surroundings);
        this.url = "balancer://" + config.name();
    }

    /**
     * Returns the balancer that takes this one's place after a reload. A member of the same name keeps its state and
     * counters. It keeps its object, and so its connections, if its configuration is the same. Requests that wait here
     * stay in the wait queue, which the successor shares.
     */
    public Balancer succeed(BalancerConfig next) {
        room.lock();
        try {
            LbMethod method = next.method() == config.method()
                    ? election.method()
                    : LbMethod.of(next.method(), surroundings.random());
            return new Balancer(next, surroundings, room, counters, roster.succeed(next), method);
        } finally {
            room.unlock();
        }
    }

    /** Sets the listener for changes of its members' status; a successor keeps it. */
    public Balancer listen(StatusListener listener) {
        room.listen(listener);
        return this;
    }

    /** The URL {@code balancer://name}, as log formats and header rules see it. */
    public String url() {
        return url;
    }

    public BalancerConfig config() {
        return config;
    }

    /** The passive health that the ends of requests are reported to. */
    PassiveHealth verdict() {
        return election.verdict();
    }

    /** The current members, in configuration order. */
    public List<Member> members() {
        return roster.members();
    }

    /** Reads a request's affinity: its session's route and its hash key. */
    public Affinity wish(RequestHead request, ClientConnection client) {
        String hashKey =
                config.method() == BalancerConfig.Method.HASH ? HashKeys.of(config.hashKey(), request, client) : "";
        if (sticky.isPresent()) {
            return sticky.get().wish(request, hashKey);
        }
        return hashKey.isEmpty() ? Affinity.NONE : new Affinity(Optional.empty(), Optional.empty(), hashKey);
    }

    /** Counts a request's session if the member that it belongs to is draining. */
    public void countSession(RequestHead request, Affinity wish) {
        if (!counters.sessions().isIdle() && sticky.isPresent() && wish.route().isPresent()) {
            counters.sessions().saw(wish.route().get(), sticky.get().session(request), now());
        }
    }

    /** The sessions of its draining members. */
    public DrainingSessions sessions() {
        return counters.sessions();
    }

    /**
     * Selects a member. May wait: for a usable member as long as {@code timeout} says, for a place under {@code max} as
     * long as {@code acquire} says. An interrupt ends the wait and stays set.
     *
     * @param tried the members that this request has been sent to already
     */
    public Lease lease(Affinity wish, List<Member> tried) throws NoMemberException {
        Waiter waiter;
        room.lock();
        try {
            // A waiting request that can be served by now (time brings members back without a notice) goes first.
            room.serve();
            if (tried.isEmpty()) {
                budget.requested(now());
            }
            waiter = new Waiter(election, wish, tried);
            if (waiter.trySelect() || queueing.enter(waiter)) {
                return waiter.lease().orElseThrow();
            }
        } finally {
            room.unlock();
        }
        return queueing.await(waiter);
    }

    /**
     * Previews which member {@link #lease} would select now, and why each other member is not selected. Books no share,
     * counts nothing, waits for nothing, and brings no member back.
     *
     * @param tried the members that the request has been sent to already
     */
    public SelectionPreview preview(Affinity wish, List<Member> tried) {
        room.lock();
        try {
            LbMethod method = election.method().copy(surroundings.random().preview());
            return new SelectionRehearsal(config, method, members(), tried, now()).run(wish);
        } finally {
            room.unlock();
        }
    }

    /** The number of further members that a request may try after its first ({@code maxattempts}). */
    public int maxAttempts() {
        return config.maxAttempts().orElse(Math.max(0, members().size() - 1));
    }

    /**
     * Whether the retry budget allows a second attempt now; takes one from the budget if so.
     *
     * @param cause the failure of the attempt before
     */
    public boolean allowsRetry(FailureKind cause) {
        boolean allowed;
        room.lock();
        try {
            allowed = budget.take(now());
        } finally {
            room.unlock();
        }
        counters.retry(cause, allowed);
        return allowed;
    }

    /**
     * The value of {@code Set-Cookie} that binds the client to the lease's member; empty where {@code stickycookie} is
     * off or the client has the right one.
     *
     * @param secure whether the client came over TLS
     */
    public Optional<String> mintedCookie(Lease lease, boolean secure) {
        if (!lease.routeChanged()) {
            return Optional.empty();
        }
        return config.sticky()
                .flatMap(StickyConfig::mintedCookie)
                .map(name -> name + "=" + lease.member().token() + "; Path=/; HttpOnly; SameSite=Lax"
                        + (secure ? "; Secure" : ""));
    }

    /**
     * Replaces the endpoints of a configured member with those resolved now ({@code resolve=}). An endpoint that was
     * known before keeps its member object; one that is gone ends with its last request.
     *
     * @param name the configured member's name
     * @param endpoints in order; an empty list changes nothing, as the last good DNS result is kept
     * @throws IllegalArgumentException if no member of that name is configured
     */
    public void replaceMembers(String name, List<Endpoint> endpoints) {
        if (endpoints.isEmpty()) {
            return;
        }
        change(() -> roster.replace(name, endpoints));
    }

    /**
     * Changes a member's administrative state while it runs. Shares are reset when a load factor changes, as in httpd's
     * manager.
     *
     * @param by the author of the change and the reason
     * @throws IllegalArgumentException if the new state is out of range
     */
    public void order(Member member, UnaryOperator<AdminState> change, OrderOrigin by) {
        change(() -> {
            int factor = member.orders().loadFactorHundredths();
            member.order(change, by);
            if (member.orders().loadFactorHundredths() != factor) {
                members().forEach(one -> one.load().quota(one.weight()));
            }
        });
    }

    /**
     * Takes the heartbeat report of the member at this address, for {@code lbmethod=heartbeat}.
     *
     * @param address the sender's, a literal
     * @return whether it is one of this balancer's members; a member configured by name and not by address is known
     *     only with {@code resolve=}, since no name is looked up for a request
     */
    public boolean heartbeat(String address, Heartbeat report) {
        List<Member> senders = members().stream()
                .filter(member -> report.isOf(member, address))
                .toList();
        if (senders.size() != 1) {
            return false;
        }
        senders.get(0).heartbeat(report.ready(), report.busy());
        return true;
    }

    private void change(Runnable what) {
        room.lock();
        try {
            what.run();
        } finally {
            room.unlock();
        }
        room.changed();
    }

    /**
     * The balancer's observable state now. Takes no lock that a selection waits for: requests go on meanwhile, so
     * counters may be a moment apart.
     */
    public BalancerSnapshot snapshot() {
        return BalancerSnapshot.of(this, counters, room.length(), now());
    }

    private long now() {
        return surroundings.clock().getAsLong();
    }

    /** Rejects every request in the wait queue. Leases go on. */
    @Override
    public void close() {
        queueing.close();
    }
}
