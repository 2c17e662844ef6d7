package org.fairlead.balancer;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.fairlead.counters.TrafficCounters;
import org.fairlead.model.MemberConfig;

/**
 * A live member of a balancer: its configuration, its state and its counters. Thread-safe: the state is guarded by a
 * monitor of its own that calls nothing, the counters are atomic.
 *
 * <p>Identity is the object: the adapter keeps one pool for each. A reload keeps the object of a member whose
 * configuration did not change; one whose configuration did change is a new object that shares state and counters.
 */
public final class Member {
    private static final System.Logger LOG = System.getLogger(Member.class.getName());

    private static final long SILENCE_NANOS = 1_000_000_000L;

    private final MemberConfig config;
    private final Optional<InetAddress> address;
    private final LongSupplier clock;
    private final MemberState state;
    private final MemberLoad load;
    private final MemberHistory history;
    private final OptionalInt max;
    private final long hash;
    private final String authority;
    private volatile HeartbeatReport heartbeat = new HeartbeatReport(0, 0, Long.MIN_VALUE / 2);
    /** The wait queue of requests that a change of this member may serve; one of its own until a balancer takes it. */
    private volatile WaitQueue room = new WaitQueue("-");

    private volatile String token = "";
    /** Whether it is a copy, whose changes are not logged. */
    private final boolean quiet;

    private volatile long spokeAt = Long.MIN_VALUE / 2;

    /** A member on the system's clock. */
    public Member(MemberConfig config, Optional<InetAddress> address) {
        this(config, address, System::nanoTime);
    }

    /** @param clock nanoseconds from any origin, as {@link System#nanoTime()} */
    public Member(MemberConfig config, Optional<InetAddress> address, LongSupplier clock) {
        this.config = config;
        this.address = address;
        this.clock = clock;
        this.max = config.pool().max();
        this.hash = ConsistentHash.hash(id());
        this.authority = config.address().authority();
        this.state = new MemberState(AdminState.of(config), config.status(), clock.getAsLong());
        this.load = new MemberLoad(config.loadFactorHundredths());
        this.quiet = false;
        this.history = new MemberHistory();
    }

    /** The successor of {@code previous} under a new configuration: shares observed state and counters. */
    private Member(MemberConfig config, Member previous) {
        this(config, previous, previous.state, previous.load, false);
        this.room = previous.room;
    }

    private Member(MemberConfig config, Member previous, MemberState state, MemberLoad load, boolean quiet) {
        this.config = config;
        this.address = previous.address;
        this.clock = previous.clock;
        this.max = config.pool().max();
        this.hash = previous.hash;
        this.authority = config.address().authority();
        this.state = state;
        this.load = load;
        this.quiet = quiet;
        this.history = previous.history;
        this.heartbeat = previous.heartbeat;
        this.token = previous.token;
    }

    /** Returns a copy to try selections with: no change of it is visible to live state. */
    Member copy() {
        return new Member(config, this, state.copy(), load.copy(), true);
    }

    /**
     * Returns this member under another configuration. Changed settings of the file take effect; unchanged ones leave
     * the operator's changes of the running system alone.
     */
    Member reconfigured(MemberConfig next) {
        AdminState before = AdminState.of(config);
        AdminState after = AdminState.of(next);
        AdminState now = state.orders();
        boolean factor = before.loadFactorHundredths() != after.loadFactorHundredths();
        Member successor = new Member(next, this);
        AdminState merged = new AdminState(
                factor ? after.loadFactorHundredths() : now.loadFactorHundredths(),
                before.lbset() == after.lbset() ? now.lbset() : after.lbset(),
                before.route().equals(after.route()) ? now.route() : after.route(),
                before.redirect().equals(after.redirect()) ? now.redirect() : after.redirect(),
                before.flags().equals(after.flags()) ? now.flags() : after.flags());
        if (!merged.equals(now)) {
            history.ordered(OrderOrigin.configuration());
        }
        successor.order(merged);
        return successor;
    }

    /** Adds it to a balancer. */
    void attach(WaitQueue waitingRoom, String sessionToken) {
        room = waitingRoom;
        token = sessionToken;
    }

    /** The value of our own sticky cookie for this member. */
    String token() {
        return token;
    }

    /** Its configuration in the file. The effective settings are in {@link #orders()}. */
    public MemberConfig config() {
        return config;
    }

    /** The {@code Host} field of requests to it. */
    public String authority() {
        return authority;
    }

    /** Its URL; the same for all members that {@code resolve=} made of one name. */
    public String name() {
        return config.name();
    }

    /** Its single address if {@code resolve=} made it; empty = its host name is looked up for each connection. */
    public Optional<InetAddress> address() {
        return address;
    }

    /** Its identity within its balancer: its name and, where {@code resolve=} made it, its address. */
    public String id() {
        return address.map(a -> name() + "@" + a.getHostAddress()).orElse(name());
    }

    /** Its administrative state now. */
    public AdminState orders() {
        return state.orders();
    }

    /** Changes the administrative state; {@link Balancer#order} is the entry point, as shares have to be reset. */
    void order(AdminState next) {
        load.weight(next.loadFactorHundredths());
        changed(state.order(next, clock.getAsLong()), "ordered");
    }

    void order(UnaryOperator<AdminState> change, OrderOrigin by) {
        AdminState next = change.apply(orders());
        history.ordered(by);
        order(next);
    }

    public MemberStatus status() {
        return state.status();
    }

    /** Whether it has as many requests as {@code max} allows. */
    public boolean isFull() {
        return max.isPresent() && load.busy() >= max.getAsInt();
    }

    /** Requests (and tunnels) in flight at it now. */
    public int busy() {
        return load.busy();
    }

    /** The effective load factor in hundredths for selections: less than configured while a slow start lasts. */
    int weight() {
        return load.weight();
    }

    /** A hash of {@link #id()}; the same everywhere and always. */
    long hash() {
        return hash;
    }

    MemberLoad load() {
        return load;
    }

    MemberState state() {
        return state;
    }

    MemberHistory history() {
        return history;
    }

    /** Counters of requests that were sent to it; kept over reloads. */
    public TrafficCounters traffic() {
        return history.traffic();
    }

    HeartbeatReport heartbeat() {
        return heartbeat;
    }

    /** Estimated nanoseconds of a response; negative = never measured. */
    double latencyNanos(long now) {
        return load.latency().estimate(now, load.busy() > 0);
    }

    /** A probe ended, whatever its result. */
    public void probed(ProbeResult result) {
        history.probed(result);
    }

    /** Enough probes passed: it is usable again, also if a request had put it in error. */
    public void probePassed() {
        changed(state.probed(true, clock.getAsLong()), "probe passed");
    }

    /** Too many probes failed: only a passed probe brings it back. */
    public void probeFailed() {
        changed(state.probed(false, clock.getAsLong()), "probe failed");
    }

    /**
     * The member's own report for {@code lbmethod=heartbeat}; it counts for 10 s.
     *
     * @param ready workers that are free, 0 or more
     * @param busyWorkers workers at work, 0 or more
     */
    public void heartbeat(int ready, int busyWorkers) {
        if (ready < 0 || busyWorkers < 0) {
            throw new IllegalArgumentException(
                    "heartbeat ready=" + ready + " busy=" + busyWorkers + " (expected: 0 or more)");
        }
        heartbeat = new HeartbeatReport(ready, busyWorkers, clock.getAsLong());
    }

    /** In error for its {@code retry} from now on, unless its flag I forbids it. */
    void fail() {
        changed(state.fail(clock.getAsLong(), config.retry()), "failed", levelOfFailure());
    }

    void retryIfDue(long now) {
        changed(state.retryIfDue(now), "tried again");
    }

    void recover(long now) {
        changed(state.recover(now), "recovery forced", Level.DEBUG);
    }

    void eject(long now, Duration base) {
        changed(state.eject(now, base), "ejected");
    }

    /** A request was assigned to it. */
    void begin() {
        load.begin();
    }

    /** A request left it; the wait queue is told of the free place. */
    void end() {
        load.end();
        room.look();
    }

    /** Logs the change and notifies the wait queue. */
    private void changed(boolean really, String why) {
        changed(really, why, status().isUsable() ? Level.INFO : Level.WARNING);
    }

    private void changed(boolean really, String why, Level level) {
        if (!really || quiet) {
            return;
        }
        history.changed(why);
        spokeAt = level == Level.DEBUG ? spokeAt : clock.getAsLong();
        LOG.log(level, () -> "balancer " + room.name() + ": member " + id() + " is now " + status() + " (" + why + ")");
        room.changed(this, why);
    }

    /** Where recovery is forced with every request, an outage would fill the log: one line in a while is enough. */
    private Level levelOfFailure() {
        return clock.getAsLong() - spokeAt < SILENCE_NANOS ? Level.DEBUG : Level.WARNING;
    }

    public MemberSnapshot snapshot() {
        return MemberSnapshot.of(this, clock.getAsLong());
    }

    @Override
    public String toString() {
        return id() + " [" + status() + "]";
    }
}
