package org.fairlead.operations;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fairlead.counters.FailureKind;
import org.fairlead.counters.TrafficCounters;
import org.fairlead.operations.ActiveRequests.ActiveRequest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to count one request for its host, route, listener and member, and to list it while it is under way. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CountersBenchmark {
    private final HostCounters host = new HostCounters();
    private final TrafficRegistry registry = new TrafficRegistry();
    private final TrafficCounters member = new TrafficCounters();
    private final ActiveRequest request = new ActiveRequest() {
        @Override
        public long startNanos() {
            return 0;
        }

        @Override
        public Optional<RequestSnapshot> snapshot() {
            return Optional.empty();
        }
    };

    @Benchmark
    public long oneRequest() {
        int slot = registry.active().enter(request);
        host.came();
        RouteCounters route = host.route("/app");
        member.ended("GET", 200, FailureKind.NONE, 1_200_000);
        member.sent(1000);
        registry.listener(8080).ended(200, 1000, 1_300_000);
        TrafficCounters traffic = route.of(false);
        traffic.ended("GET", 200, FailureKind.NONE, 1_300_000);
        traffic.sent(1000);
        host.left();
        registry.active().leave(slot);
        return slot;
    }
}
