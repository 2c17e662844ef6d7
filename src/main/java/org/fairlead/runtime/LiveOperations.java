package org.fairlead.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.Member;
import org.fairlead.counters.ResponseCounts;
import org.fairlead.engine.DryRunRequest;
import org.fairlead.engine.Explanation;
import org.fairlead.operations.DrainSnapshot;
import org.fairlead.operations.EventLog;
import org.fairlead.operations.HostSnapshot;
import org.fairlead.operations.ListenerCounters;
import org.fairlead.operations.ListenerSnapshot;
import org.fairlead.operations.Operations;
import org.fairlead.operations.OperatorOrders;
import org.fairlead.operations.PoolSnapshot;
import org.fairlead.operations.ReloadSnapshot;
import org.fairlead.operations.RequestRecorder;
import org.fairlead.operations.RequestSnapshot;
import org.fairlead.operations.ServerSnapshot;
import org.fairlead.operations.ServerSnapshot.MemberKey;
import org.fairlead.operations.ServerSnapshot.ProcessSnapshot;
import org.fairlead.operations.TrafficRegistry;
import org.fairlead.operations.WorkerSnapshot;
import org.fairlead.upstream.PoolCounts;

/** The running proxy as operators see it. Thread-safe; a snapshot takes no lock of the request path. */
final class LiveOperations implements Operations {
    private static final String VERSION = version();

    private final Supplier<Generation> generation;
    private final TrafficRegistry traffic;
    private final RequestRecorder recorder;
    private final LeavingMembers leaving;
    private final Function<Member, PoolCounts> pools;
    private final OperatorOrders orders;
    private final Drains drains;
    private final EventSources events;
    private final Instant started = Instant.now();
    private final Certificates certificates;
    private volatile ListenerControl front = ListenerControl.NONE;
    private volatile Supplier<String> configuration = () -> "";
    private volatile IntSupplier tunnels = () -> 0;
    private volatile Supplier<ReloadSnapshot> reload;

    LiveOperations(
            Supplier<Generation> generation,
            TrafficRegistry traffic,
            RequestRecorder recorder,
            LeavingMembers leaving,
            Function<Member, PoolCounts> pools,
            OperatorOrders orders,
            Drains drains,
            EventSources events) {
        this.generation = generation;
        this.traffic = traffic;
        this.recorder = recorder;
        this.leaving = leaving;
        this.pools = pools;
        this.orders = orders;
        this.drains = drains;
        this.events = events;
        this.certificates = new Certificates(events.log());
        ReloadSnapshot first = ReloadSnapshot.started(started);
        this.reload = () -> first;
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = LiveOperations.class.getResourceAsStream("/org/fairlead/version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("version.properties is missing", e);
        }
        return properties.getProperty("version");
    }

    /** Sets the sources of process state: listeners, tunnels, and the results of reloads. */
    void surround(ListenerControl listeners, IntSupplier openTunnels, Supplier<ReloadSnapshot> lastReload) {
        front = listeners;
        tunnels = openTunnels;
        reload = lastReload;
    }

    @Override
    public ServerSnapshot snapshot() {
        Generation.Parts now = generation.get().parts();
        List<HostSnapshot> hosts = traffic.snapshot(now.hosts());
        Map<MemberKey, PoolSnapshot> connections = new HashMap<>();
        List<BalancerSnapshot> balancers = now.balancers().stream()
                .map(balancer -> {
                    addPools(balancer, connections);
                    return balancer.snapshot();
                })
                .toList();
        return new ServerSnapshot(
                new ProcessSnapshot(Instant.now(), started, VERSION),
                new WorkerSnapshot(
                        front.workerLimit(),
                        hosts.stream().mapToLong(HostSnapshot::active).sum(),
                        tunnels.getAsInt()),
                listeners(),
                hosts,
                balancers,
                connections,
                leaving.snapshot(),
                certificates.of(now.config()),
                reload.get(),
                now.config());
    }

    private void addPools(Balancer balancer, Map<MemberKey, PoolSnapshot> connections) {
        for (Member member : balancer.members()) {
            PoolCounts counts = pools.apply(member);
            connections.put(
                    new MemberKey(balancer.config().name(), member.id()),
                    new PoolSnapshot(counts.idle(), counts.busy(), counts.opened(), counts.dropped()));
        }
    }

    private List<ListenerSnapshot> listeners() {
        List<ListenerControl.OpenListener> open = front.listeners();
        if (open.isEmpty()) {
            return traffic.listeners().stream()
                    .map(seen -> snapshot("port " + seen.port(), -1, Optional.of(seen)))
                    .toList();
        }
        Map<Integer, ListenerCounters> byPort =
                traffic.listeners().stream().collect(Collectors.toMap(ListenerCounters::port, seen -> seen));
        return open.stream()
                .map(one -> snapshot(one.url(), one.connections(), Optional.ofNullable(byPort.get(one.port()))))
                .toList();
    }

    private static ListenerSnapshot snapshot(String url, long connections, Optional<ListenerCounters> seen) {
        return new ListenerSnapshot(
                url,
                connections,
                seen.map(ListenerCounters::requests).orElse(0L),
                seen.map(ListenerCounters::responses).orElse(ResponseCounts.NONE),
                seen.map(ListenerCounters::bytes).orElse(0L));
    }

    @Override
    public OperatorOrders orders() {
        return orders;
    }

    @Override
    public List<DrainSnapshot> drains() {
        return drains.snapshot();
    }

    @Override
    public Optional<DrainSnapshot> awaitDrained(String balancer, String member, Duration time)
            throws InterruptedException {
        return drains.await(new MemberKey(balancer, member), time);
    }

    @Override
    public EventLog events() {
        certificates.of(generation.get().parts().config());
        return events.log();
    }

    @Override
    public List<RequestSnapshot> requests(int most) {
        return traffic.active().oldest(most);
    }

    /** Sets the source of the files' configuration. */
    void shows(Supplier<String> text) {
        configuration = text;
    }

    @Override
    public String configuration() {
        return configuration.get();
    }

    @Override
    public RequestRecorder recorder() {
        return recorder;
    }

    @Override
    public Explanation explain(DryRunRequest request) {
        return generation.get().engine().explain(request, false);
    }
}
