package org.fairlead.runtime;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.fairlead.access.AccessControl;
import org.fairlead.access.PasswordChecks;
import org.fairlead.accesslog.AccessLogs;
import org.fairlead.accesslog.LogOutputs;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.engine.LocalHandler;
import org.fairlead.engine.ProxyEngine;
import org.fairlead.exchange.ReadinessNotifier;
import org.fairlead.health.Discovery;
import org.fairlead.health.HealthMonitor;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.ProxyConfig;
import org.fairlead.model.Settings.Handler;
import org.fairlead.operations.Operations;
import org.fairlead.operations.OperatorOrders;
import org.fairlead.operations.ReloadSnapshot;
import org.fairlead.operations.RequestRecorder;
import org.fairlead.operations.TrafficRegistry;
import org.fairlead.password.PasswordHashes;
import org.fairlead.route.HostTable;
import org.fairlead.upstream.DnsResolver;
import org.fairlead.upstream.PooledUpstream;
import org.fairlead.upstream.SystemNames;

/**
 * The running proxy: one generation of live objects at a time, and what outlives generations (connections, probes).
 * Thread-safe.
 */
public final class ProxyRuntime implements AutoCloseable {
    private static final Duration MAX_LOOKUP_TIME = Duration.ofSeconds(3);

    private final PooledUpstream upstream;
    private final SystemNames names = new SystemNames();
    private final PasswordChecks passwords = new PasswordChecks(new PasswordHashes());
    private final LogOutputs logOutputs = new LogOutputs();
    private final HealthMonitor monitor;
    private final Discovery discovery;
    private Map<String, Balancer> balancers = Map.of();
    /** Members last seen in each balancer; guarded by itself, as a reload waits for DNS while it holds {@code this}. */
    private final Map<Balancer, List<Member>> crews = new IdentityHashMap<>();

    private final TrafficRegistry traffic = new TrafficRegistry();
    private final RequestRecorder recorder = new RequestRecorder();
    private final EventSources events = new EventSources();
    private final LeavingMembers leaving = new LeavingMembers();
    private final Drains drains;
    private final LiveOperations operations;
    /** The configuration of the files; guarded by this. */
    private ProxyConfig configured;

    private volatile Map<Handler, LocalHandler> handlers = Map.of();
    private Overrides overrides = Overrides.NONE;
    private final OrderKeeper kept = new OrderKeeper();
    private volatile Generation current;

    private ProxyRuntime(int healthCheckThreads, ReadinessNotifier readiness) {
        upstream = new PooledUpstream(readiness);
        monitor = HealthMonitor.start(upstream.probe(), healthCheckThreads);
        discovery = Discovery.start(new DnsResolver(), this::watch);
        OperatorOrders orders = new RecordedOrders(new LiveOrders(this), events.log());
        drains = new Drains(this::balancer, orders);
        operations =
                new LiveOperations(() -> current, traffic, recorder, leaving, upstream::counts, orders, drains, events);
    }

    /**
     * Builds everything that a configuration asks for; probes begin, traffic may come.
     *
     * @param readiness notifies when a member responds, so that a thread need not wait for it
     * @param handlers makes the handlers for {@code SetHandler}, of the operations that they may see and control
     * @throws IllegalArgumentException if a member's TLS settings cannot be used, or an access log cannot be opened;
     *     the message names the directive
     */
    public static ProxyRuntime start(
            ProxyConfig config,
            ReadinessNotifier readiness,
            Function<Operations, Map<Handler, LocalHandler>> handlers) {
        ProxyRuntime runtime = new ProxyRuntime(config.server().healthCheckThreads(), readiness);
        runtime.handlers = handlers.apply(runtime.operations);
        try {
            runtime.upstream.warmUp();
            runtime.configured = config;
            runtime.balancers = runtime.succeed(config);
            runtime.current =
                    runtime.generation(config, runtime.balancers, AccessLogs.open(config, runtime.logOutputs));
            runtime.kept.restore(runtime, config);
            runtime.current.tell(runtime.handlers);
            return runtime;
        } catch (RuntimeException e) {
            runtime.closeParts();
            throw e;
        }
    }

    /** Whether any request is logged. */
    public boolean keepsAccessLogs() {
        return !current.accessLogs().isEmpty();
    }

    /** Returns the current generation, pinned: the caller releases it when its request is done. */
    public Generation pin() {
        while (true) {
            Generation generation = current;
            if (generation.pin()) {
                return generation;
            }
        }
    }

    /**
     * Replaces the running configuration by a new one. Members that it leaves unchanged keep connections, counters and
     * health; running requests finish under the old one.
     *
     * @throws IllegalArgumentException as {@link #start}; then the running configuration stays
     */
    public synchronized void replace(ProxyConfig next) {
        Overrides still = overrides.after(configured, next);
        FlightRecording.reload(() -> run(still.over(next)));
        events.inForce();
        configured = next;
        overrides = still;
        keepOrders();
    }

    /** Writes the orders in force to the state file, where there is one. */
    synchronized void keepOrders() {
        kept.keep(configured, overrides, balancers.values(), drains.snapshot());
    }

    /**
     * Puts orders that a configuration holds in force.
     *
     * @throws IllegalArgumentException as {@link #start}; then nothing has changed
     */
    synchronized void override(Overrides next) {
        run(next.over(configured));
        overrides = next;
    }

    synchronized Overrides overrides() {
        return overrides;
    }

    synchronized Optional<Balancer> balancer(String name) {
        return Optional.ofNullable(balancers.get(name));
    }

    Drains drains() {
        return drains;
    }

    /** The running proxy, as operators see and control it. */
    public Operations operations() {
        return operations;
    }

    /**
     * Sets the sources of process state that operators can see.
     *
     * @param openTunnels how many connections have left HTTP
     * @param lastReload how the last change of the configuration went
     * @param text the running configuration's native form
     */
    public void surround(
            ListenerControl front,
            IntSupplier openTunnels,
            Supplier<ReloadSnapshot> lastReload,
            Supplier<String> text) {
        operations.surround(front, openTunnels, lastReload);
        operations.shows(text);
    }

    /** Tells operators that a configuration was refused. @param problems at least one */
    public void refused(List<String> problems) {
        events.refused(problems);
    }

    private void run(ProxyConfig next) {
        Map<String, Balancer> before = balancers;
        Generation retired = current;
        AccessLogs logs = AccessLogs.open(next, logOutputs);
        Map<String, Balancer> live;
        try {
            live = succeed(next);
        } catch (RuntimeException e) {
            logs.close();
            throw e;
        }
        balancers = live;
        before.values().forEach(discovery::forget);
        synchronized (crews) {
            before.values().forEach(crews::remove);
        }
        Set<Member> kept = members(balancers);
        Set<Member> gone = members(before);
        gone.removeAll(kept);
        gone.forEach(monitor::forget);
        leaving.add(before, balancers, gone);
        current = generation(next, balancers, logs);
        current.tell(handlers);
        retired.retire(() -> {
            retired.accessLogs().close();
            gone.forEach(upstream::retire);
            before.forEach((name, balancer) -> {
                if (!next.balancers().containsKey(name)) {
                    balancer.close();
                }
            });
        });
    }

    private Map<String, Balancer> succeed(ProxyConfig config) {
        Map<String, Balancer> live = new LinkedHashMap<>();
        config.balancers().forEach((name, next) -> live.put(name, succeed(name, next)));
        live.values().forEach(balancer -> balancer.members().forEach(upstream::prepare));
        live.values().forEach(this::watch);
        live.values().forEach(discovery::follow);
        awaitNames(live);
        return live;
    }

    /** Waits for DNS, so that the first request finds the members of a name; a silent DNS delays the start briefly. */
    private void awaitNames(Map<String, Balancer> live) {
        long end = System.nanoTime() + MAX_LOOKUP_TIME.toNanos();
        try {
            for (Balancer balancer : live.values()) {
                discovery.awaitFirst(balancer, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Probes new members of a balancer and releases removed ones; the discovery calls it when a name has moved. */
    private void watch(Balancer balancer) {
        synchronized (crews) {
            List<Member> now = balancer.members();
            List<Member> before = crews.getOrDefault(balancer, List.of());
            crews.put(balancer, now);
            now.forEach(monitor::watch);
            before.stream().filter(member -> !now.contains(member)).forEach(member -> {
                monitor.forget(member);
                upstream.retire(member);
            });
        }
    }

    private Balancer succeed(String name, BalancerConfig next) {
        Balancer previous = balancers.get(name);
        return previous == null ? new Balancer(next).listen(events) : previous.succeed(next);
    }

    private Generation generation(ProxyConfig config, Map<String, Balancer> live, AccessLogs logs) {
        AccessControl access = new AccessControl(passwords, names);
        HostTable hosts = HostTable.of(config);
        ProxyEngine engine = new ProxyEngine(config.server(), hosts, live, upstream, access, handlers);
        recorder.configure(config.operations().recorder());
        return new Generation(
                engine,
                logs,
                new Generation.Parts(config, hosts.hosts(), List.copyOf(live.values()), traffic, recorder));
    }

    private static Set<Member> members(Map<String, Balancer> balancers) {
        Set<Member> members = Collections.newSetFromMap(new IdentityHashMap<>());
        balancers.values().forEach(balancer -> members.addAll(balancer.members()));
        return members;
    }

    /** Ends probes, wakes requests that wait for a member, and closes connections as they become idle. */
    @Override
    public synchronized void close() {
        current.retire(current.accessLogs()::close);
        closeParts();
    }

    private void closeParts() {
        events.log().close();
        handlers.values().forEach(LocalHandler::close);
        drains.close();
        discovery.close();
        monitor.close();
        balancers.values().forEach(Balancer::close);
        upstream.close();
    }
}
