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
 * A group of members and the rule that chooses among them. Thread-safe: elections happen one after the other under a
 * lock that nobody holds while he waits for anything.
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
     * counters, and its object (so its connections) if its configuration is the same. Requests that wait here go on
     * waiting, in one line with the successor's.
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

    /** {@code balancer://name}, as log formats and header rules get to see it. */
    public String url() {
        return url;
    }

    public BalancerConfig config() {
        return config;
    }

    /** What the ends of requests are told to. */
    PassiveHealth verdict() {
        return election.verdict();
    }

    /** The members now, in configuration order. */
    public List<Member> members() {
        return roster.members();
    }

    /** Reads whom a request wants: its session's route and its hash key. */
    public Affinity wish(RequestHead request, ClientConnection client) {
        String hashKey =
                config.method() == BalancerConfig.Method.HASH ? HashKeys.of(config.hashKey(), request, client) : "";
        if (sticky.isPresent()) {
            return sticky.get().wish(request, hashKey);
        }
        return hashKey.isEmpty() ? Affinity.NONE : new Affinity(Optional.empty(), Optional.empty(), hashKey);
    }

    /** Counts a request's session where the member that it belongs to is drained. */
    public void countSession(RequestHead request, Affinity wish) {
        if (!counters.sessions().isIdle() && sticky.isPresent() && wish.route().isPresent()) {
            counters.sessions().saw(wish.route().get(), sticky.get().session(request), now());
        }
    }

    /** The sessions of its members that are drained. */
    public DrainingSessions sessions() {
        return counters.sessions();
    }

    /**
     * Chooses a member. May wait: for a usable member as long as {@code timeout} says, for a place under {@code max} as
     * long as {@code acquire} says. An interrupt ends the wait and stays set.
     *
     * @param tried the members that this request has been sent to already
     */
    public Lease lease(Affinity wish, List<Member> tried) throws NoMemberException {
        Waiter waiter;
        room.lock();
        try {
            // Who waits and could be served by now (time brings members back silently) goes first.
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
     * Says which member {@link #lease} would choose now and why each other is not it. Books no share, counts nothing, waits
     * for nothing, and brings no member back.
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

    /** How many further members a request may try after its first ({@code maxattempts}). */
    public int maxAttempts() {
        return config.maxAttempts().orElse(Math.max(0, members().size() - 1));
    }

    /**
     * Whether the retry budget allows a second attempt now; takes from it if so.
     *
     * @param cause what the attempt before has died of
     */
    public boolean allowsRetry(FailureKind cause) {
        boolean allowed;
        room.lock();
        try {
            allowed = budget.take(now());
        } finally {
            room.unlock();
        }
        if (allowed) {
            counters.retried(cause);
        } else {
            counters.retryDenied();
        }
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
     * Puts the places where a configured member lives now in the place of what it was so far ({@code resolve=}). Who
     * lived there before keeps its object; who is gone ends with its last request.
     *
     * @param name the configured member's name
     * @param endpoints in order; an empty list changes nothing, as the last good answer is kept
     * @throws IllegalArgumentException if no member of that name is configured
     */
    public void replaceMembers(String name, List<Endpoint> endpoints) {
        if (endpoints.isEmpty()) {
            return;
        }
        change(() -> roster.replace(name, endpoints));
    }

    /**
     * Changes what the operator wants of a member while it runs. Shares are dealt anew when a load factor
     * changes, as in httpd's manager.
     *
     * @param by who wants it, and why
     * @throws IllegalArgumentException if the orders are out of range
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
     * Takes what the member at this address says of itself, for {@code lbmethod=heartbeat}.
     *
     * @param address the sender's, a literal
     * @return whether it is one of this balancer's members; a member that is named, not numbered, is known only with
     *     {@code resolve=}, since no name is looked up for a request
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
     * Everything that can be seen of it now. Takes no lock that a selection waits for: requests go on meanwhile, so
     * counters may be a moment apart.
     */
    public BalancerSnapshot snapshot() {
        return BalancerSnapshot.of(this, counters, room.length(), now());
    }

    private long now() {
        return surroundings.clock().getAsLong();
    }

    /** Sends everybody away who waits in it. Leases go on. */
    @Override
    public void close() {
        queueing.close();
    }
}
