package org.fairlead.balancer;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.fairlead.counters.TrafficCounters;

/** A member's history for observers; no selection reads it. Thread-safe, without a lock. */
final class MemberHistory {
    private final TrafficCounters traffic = new TrafficCounters();
    private final LongAdder changes = new LongAdder();
    private final LongAdder probesPassed = new LongAdder();
    private final LongAdder probesFailed = new LongAdder();
    private volatile StateChange change = new StateChange(Instant.now(), "started");
    private volatile OrderOrigin origin = OrderOrigin.configuration();
    private volatile Optional<ProbeResult> probe = Optional.empty();

    TrafficCounters traffic() {
        return traffic;
    }

    void changed(String cause) {
        change = new StateChange(Instant.now(), cause);
        changes.increment();
    }

    StateChange change() {
        return change;
    }

    long changes() {
        return changes.sum();
    }

    void ordered(OrderOrigin by) {
        origin = by;
    }

    OrderOrigin origin() {
        return origin;
    }

    void probed(ProbeResult result) {
        probe = Optional.of(result);
        (result.passed() ? probesPassed : probesFailed).increment();
    }

    ProbeSnapshot probes() {
        return new ProbeSnapshot(probesPassed.sum(), probesFailed.sum(), probe);
    }
}
