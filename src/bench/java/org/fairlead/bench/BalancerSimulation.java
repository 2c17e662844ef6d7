package org.fairlead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import org.fairlead.balancer.Affinity;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Lease;
import org.fairlead.balancer.NoMemberException;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.BalancerConfig.Method;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.Source;

/**
 * What each method makes of 50 members of unequal speed, one of which turns 20 times slower: in virtual time, without
 * sockets or threads, the same arrivals for every method. Run it with
 *
 * <pre>
 * mvn -q -Pbench -DskipTests test-compile
 * java -cp target/classes:target/test-classes org.fairlead.bench.BalancerSimulation target/simulation
 * </pre>
 *
 * and find {@code simulation.md} and {@code simulation.svg} in that folder.
 */
public final class BalancerSimulation {
    static final int MEMBERS = 50;
    static final int SECONDS = 60;
    static final int TURNS_SLOW_AT = 20;
    private static final int SLOWER = 20;
    /** Requests that a member works on at once; further ones queue inside it. */
    private static final int WORKERS = 4;
    /** Of what all members can do together while all are well. */
    private static final double LOAD = 0.5;

    private static final long SECOND = 1_000_000_000L;
    private static final double MEAN_SERVICE_NANOS = 10_000_000;

    /**
     * What was seen with one method after the member had turned slow.
     *
     * @param maxInFlight the most requests that one member had at once
     * @param slowShare share of the requests that the slow member got
     * @param p99PerSecond by second of arrival, over the whole run, in milliseconds
     */
    record Result(
            Method method,
            double p50,
            double p99,
            double p999,
            int maxInFlight,
            double slowShare,
            double[] p99PerSecond) {}

    /** One happening; ties go by order of making. */
    private record Event(long at, long order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Balancer balancer;
    private final Method method;
    private final List<SimulatedMember> members = new ArrayList<>();
    private final SplittableRandom arrivals = new SplittableRandom(1);
    private final SplittableRandom sizes = new SplittableRandom(2);
    private final List<List<Long>> latencies = new ArrayList<>();
    private long now;
    private long made;
    private int maxInFlight;
    private long sinceTurn;
    private long toTheSlow;

    private BalancerSimulation(Method method) {
        this.method = method;
        List<MemberConfig> configs = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            configs.add(MemberConfig.of("m" + i, 80));
        }
        balancer = new Balancer(config(method, configs), () -> now, new SplittableRandom(3));
        for (int i = 0; i < MEMBERS; i++) {
            // from 0.7 to 1.4 times the mean, the slow one-to-be in the middle
            double speed = 0.7 + 0.7 * ((i * 7) % MEMBERS) / (MEMBERS - 1);
            members.add(new SimulatedMember(WORKERS, speed * MEAN_SERVICE_NANOS));
        }
        for (int i = 0; i < SECONDS; i++) {
            latencies.add(new ArrayList<>());
        }
    }

    private static BalancerConfig config(Method method, List<MemberConfig> members) {
        return new BalancerConfig(
                "simulated",
                false,
                members,
                method,
                Optional.empty(),
                true,
                OptionalInt.empty(),
                true,
                Set.of(),
                false,
                Duration.ZERO,
                0,
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                20,
                BalancerConfig.HashKey.DEFAULT,
                Source.NONE);
    }

    private void at(long time, Runnable what) {
        events.add(new Event(time, made++, what));
    }

    private Result run() {
        at(0, this::heartbeats);
        at(0, this::arrive);
        at(TURNS_SLOW_AT * SECOND, () -> slow().slowDown(SLOWER));
        while (!events.isEmpty()) {
            Event next = events.remove();
            now = next.at();
            next.what().run();
        }
        List<Long> after = new ArrayList<>();
        latencies.subList(TURNS_SLOW_AT, SECONDS).forEach(after::addAll);
        return new Result(
                method,
                percentile(after, 0.5),
                percentile(after, 0.99),
                percentile(after, 0.999),
                maxInFlight,
                toTheSlow / (double) sinceTurn,
                latencies.stream()
                        .mapToDouble(second -> percentile(second, 0.99))
                        .toArray());
    }

    private SimulatedMember slow() {
        return members.get(MEMBERS / 2);
    }

    private void heartbeats() {
        for (int i = 0; i < MEMBERS; i++) {
            int busy = members.get(i).working();
            balancer.members().get(i).heartbeat(WORKERS - busy, busy);
        }
        if (now < SECONDS * SECOND) {
            at(now + SECOND, this::heartbeats);
        }
    }

    private void arrive() {
        double capacity = members.size() * WORKERS / MEAN_SERVICE_NANOS;
        long next = now + (long) (-Math.log(1 - arrivals.nextDouble()) / (capacity * LOAD));
        if (next < SECONDS * SECOND) {
            at(next, this::arrive);
        }
        Affinity wish = new Affinity(Optional.empty(), Optional.empty(), "client " + sizes.nextInt(100_000));
        double size = -Math.log(1 - sizes.nextDouble());
        try {
            Lease lease = balancer.lease(wish, List.of());
            SimulatedMember member = members.get(balancer.members().indexOf(lease.member()));
            if (now >= TURNS_SLOW_AT * SECOND) {
                sinceTurn++;
                toTheSlow += member == slow() ? 1 : 0;
                maxInFlight = Math.max(maxInFlight, lease.member().busy());
            }
            long arrived = now;
            at(member.accept(now, size), () -> answered(lease, arrived, size));
        } catch (NoMemberException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answered(Lease lease, long arrived, double size) {
        long latency = now - arrived;
        latencies.get((int) (arrived / SECOND)).add(latency);
        lease.answered(200, latency);
        lease.transferred(500, (long) (10_000 * size));
        lease.close();
    }

    /** Milliseconds. */
    private static double percentile(List<Long> values, double share) {
        if (values.isEmpty()) {
            return 0;
        }
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size()))) / 1e6;
    }

    /** Writes table and plot into the folder that is named first. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : "target/simulation");
        List<Result> results = new ArrayList<>();
        for (Method method : Method.values()) {
            results.add(new BalancerSimulation(method).run());
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("simulation.md"), SimulationReport.table(results));
        Files.writeString(folder.resolve("simulation.svg"), SimulationReport.plot(results));
        System.out.print(SimulationReport.table(results));
    }
}
