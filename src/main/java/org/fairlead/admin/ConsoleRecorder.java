package org.fairlead.admin;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.concurrent.DaemonThreads;
import org.fairlead.counters.TrafficSnapshot;
import org.fairlead.operations.HostSnapshot;
import org.fairlead.operations.ServerSnapshot;

/**
 * Samples the running proxy each second, and keeps the data of the console's charts and the observed changes of state.
 * It runs while the configuration names the console, from the start on, and ends with the server. Thread-safe.
 */
final class ConsoleRecorder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("org.fairlead.admin");

    /** The most balancers and members with series of their own; each costs at most about 120 kB, once it has a day. */
    static final int MAX_SERIES = 256;

    private static final int MAX_EVENTS = 200;
    private static final Key SERVER = new Key("", "");

    private final Supplier<ServerSnapshot> source;
    /** Held from the taking of a sample until it is kept, so that an older sample never replaces a newer one. */
    private final Object sampling = new Object();

    private final Map<Key, ConsoleSeries> series = new HashMap<>();
    private final Map<Key, String> states = new HashMap<>();
    private final Deque<Event> events = new ArrayDeque<>();
    private Optional<ScheduledExecutorService> clock = Optional.empty();
    private Optional<ServerSnapshot> latest = Optional.empty();
    private boolean closed;
    private boolean counting;

    private record Key(String balancer, String member) {}

    /** A change of state. @param level a style class: {@code good}, {@code warn}, {@code bad}, {@code idle} */
    record Event(Instant at, String level, String object, String text) {}

    ConsoleRecorder(Supplier<ServerSnapshot> source) {
        this.source = source;
    }

    /** Records while the configuration names the console; without it nothing is kept. */
    synchronized void follow(boolean named) {
        if (named) {
            start();
        } else {
            stop();
            series.clear();
            states.clear();
            events.clear();
            latest = Optional.empty();
        }
    }

    /** Returns the latest snapshot, which is the same object until the next one is taken. */
    synchronized ServerSnapshot watch() {
        start();
        return latest.orElseGet(source);
    }

    private void start() {
        if (clock.isEmpty() && !closed) {
            ScheduledExecutorService started =
                    Executors.newSingleThreadScheduledExecutor(DaemonThreads.called("fairlead-console"));
            started.scheduleAtFixedRate(this::tickSafely, 0, 1, TimeUnit.SECONDS);
            clock = Optional.of(started);
        }
    }

    private void stop() {
        clock.ifPresent(ScheduledExecutorService::shutdownNow);
        clock = Optional.empty();
    }

    private void tickSafely() {
        try {
            tick();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the console's recorder missed a second", e);
        }
    }

    /** Takes the sample of a second. */
    private void tick() {
        synchronized (sampling) {
            ServerSnapshot seen = source.get();
            synchronized (this) {
                if (clock.isPresent()) {
                    record(seen, true);
                }
            }
        }
    }

    /** Takes a sample between two seconds, so that the effect of an order is shown at once. */
    void refresh() {
        synchronized (sampling) {
            ServerSnapshot seen = source.get();
            synchronized (this) {
                record(seen, false);
            }
        }
    }

    private void record(ServerSnapshot seen, boolean counts) {
        Set<Key> alive = new HashSet<>();
        counting = counts;
        TrafficSnapshot all =
                seen.hosts().stream().map(HostSnapshot::traffic).reduce(TrafficSnapshot.NONE, TrafficSnapshot::plus);
        int waiting = seen.balancers().stream()
                .mapToInt(balancer -> balancer.queue().waiting())
                .sum();
        add(alive, SERVER, all, 0, seen.workers().active(), waiting);
        for (BalancerSnapshot balancer : seen.balancers()) {
            record(seen, balancer, alive);
        }
        latest.ifPresent(before -> reload(before, seen));
        series.keySet().retainAll(alive);
        states.keySet().retainAll(alive);
        latest = Optional.of(seen);
    }

    private void record(ServerSnapshot seen, BalancerSnapshot balancer, Set<Key> alive) {
        TrafficSnapshot together = TrafficSnapshot.NONE;
        long chosen = 0;
        int busy = 0;
        for (MemberSnapshot member : balancer.members()) {
            Key key = new Key(balancer.name(), member.id());
            int atMember = member.load().busy();
            add(alive, key, member.traffic(), member.load().elected(), atMember, 0);
            state(key, ConsoleState.observed(member), member, seen);
            together = together.plus(member.traffic());
            chosen += member.load().elected();
            busy += atMember;
        }
        add(
                alive,
                new Key(balancer.name(), ""),
                together,
                chosen,
                busy,
                balancer.queue().waiting());
    }

    private void add(Set<Key> alive, Key key, TrafficSnapshot traffic, long chosen, long busy, int waiting) {
        alive.add(key);
        ConsoleSeries kept = series.get(key);
        if (kept == null && series.size() < MAX_SERIES) {
            kept = new ConsoleSeries();
            series.put(key, kept);
        }
        if (kept != null && counting) {
            kept.add(ConsoleSeries.Reading.of(traffic, chosen), busy, waiting);
        }
    }

    private void state(Key key, ConsoleState observed, MemberSnapshot member, ServerSnapshot seen) {
        ConsoleState order = ConsoleState.order(member);
        String now = observed.kind() + " · " + order.word();
        String before = states.put(key, now);
        if (before != null && !before.equals(now)) {
            String level = observed.level().equals("good") ? order.level() : observed.level();
            String detail = observed.detail().isEmpty() ? "" : ": " + observed.detail();
            note(new Event(
                    seen.process().now(),
                    level,
                    ConsoleText.balancer(key.balancer()) + " " + member.name(),
                    before + " → " + now + detail));
        }
    }

    private void reload(ServerSnapshot before, ServerSnapshot now) {
        if (now.reload().successes() > before.reload().successes()) {
            note(new Event(now.reload().lastSuccess(), "good", "Configuration", "taken over"));
        }
        if (now.reload().refusals() > before.reload().refusals()) {
            String why = now.reload().problems().stream().findFirst().orElse("");
            note(new Event(now.reload().lastAttempt(), "bad", "Configuration", "refused: " + why));
        }
    }

    private void note(Event event) {
        events.addFirst(event);
        if (events.size() > MAX_EVENTS) {
            events.removeLast();
        }
    }

    /** Returns the observed changes, latest first. */
    synchronized List<Event> events() {
        return new ArrayList<>(events);
    }

    /** Returns the series of all requests. */
    ConsoleSeries server() {
        return series(SERVER);
    }

    ConsoleSeries balancer(String name) {
        return series(new Key(name, ""));
    }

    ConsoleSeries member(String balancer, String id) {
        return series(new Key(balancer, id));
    }

    private synchronized ConsoleSeries series(Key key) {
        return series.getOrDefault(key, new ConsoleSeries());
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop();
    }
}
