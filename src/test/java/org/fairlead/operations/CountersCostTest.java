package org.fairlead.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.fairlead.counters.FailureKind;
import org.fairlead.counters.TrafficCounters;
import org.fairlead.operations.ActiveRequests.ActiveRequest;
import org.junit.jupiter.api.Test;

/** Counting costs a request no more heap than its budget; the time depends on the machine, see CountersBenchmark. */
class CountersCostTest {
    private static final int REQUESTS = 50_000;
    private static final int MAX_BYTES = 32;

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

    private void countOne() {
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
    }

    @Test
    void aRequestIsCountedForHostRouteListenerAndMemberWithinThirtyTwoBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < REQUESTS; i++) {
            countOne();
        }
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < REQUESTS; i++) {
            countOne();
        }
        long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

        assertThat((double) bytes / REQUESTS).isLessThanOrEqualTo(MAX_BYTES);
    }
}
