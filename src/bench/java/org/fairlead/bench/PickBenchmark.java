package org.fairlead.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.fairlead.balancer.Affinity;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Heartbeat;
import org.fairlead.balancer.Lease;
import org.fairlead.balancer.NoMemberException;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.Source;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to lease a member and give it back, all members being well. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class PickBenchmark {
    private static final Affinity WISH = new Affinity(Optional.empty(), Optional.empty(), "192.0.2.7");

    @Param({"byrequests", "bytraffic", "bybusyness", "heartbeat", "leastconn", "p2c", "ewma", "hash"})
    public String method;

    @Param({"2", "20"})
    public int members;

    private Balancer balancer;

    @Setup
    public void setUp() {
        List<MemberConfig> configs = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            configs.add(MemberConfig.of(address(i), 80));
        }
        BalancerConfig d = BalancerConfig.of("bench", configs);
        balancer = new Balancer(new BalancerConfig(
                d.name(),
                false,
                d.members(),
                BalancerConfig.Method.valueOf(method.toUpperCase(Locale.ROOT)),
                Optional.empty(),
                true,
                OptionalInt.empty(),
                true,
                Set.of(),
                false,
                d.timeout(),
                0,
                Optional.empty(),
                d.slowStart(),
                Optional.empty(),
                20,
                d.hashKey(),
                Source.NONE));
    }

    private static String address(int member) {
        return "10.0." + member / 250 + "." + (1 + member % 250);
    }

    /** Reports of members count for seconds only. */
    @Setup(Level.Iteration)
    public void report() {
        for (int i = 0; i < members; i++) {
            balancer.heartbeat(address(i), new Heartbeat(50, 10, OptionalInt.empty()));
        }
    }

    @Benchmark
    @Threads(1)
    public int oneThread() throws NoMemberException {
        return pick();
    }

    @Benchmark
    @Threads(2)
    public int twoThreads() throws NoMemberException {
        return pick();
    }

    private int pick() throws NoMemberException {
        try (Lease lease = balancer.lease(WISH, List.of())) {
            lease.answered(200, 1_000_000);
            return lease.member().busy();
        }
    }
}
