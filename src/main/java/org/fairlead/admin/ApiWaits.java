package org.fairlead.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.fairlead.operations.DrainSnapshot;
import org.fairlead.operations.DrainSnapshot.State;
import org.fairlead.operations.Operations;

/** {@code ?wait=}: delays the response to an order until the members that it drains are drained. Thread-safe. */
final class ApiWaits {
    /** Each wait holds a thread. */
    private static final int MAX_WAITS = 16;

    private final Operations operations;
    private final Semaphore places = new Semaphore(MAX_WAITS);

    ApiWaits(Operations operations) {
        this.operations = operations;
    }

    /**
     * Waits.
     *
     * @param json the response as it is made, with the members in {@code changes}
     * @return the same with {@code drained}: whether every member was drained in time
     * @throws Problem 503 if too many wait already; the order is carried out all the same
     */
    Map<String, Object> await(Map<String, Object> json, Duration time) throws Problem {
        if (!places.tryAcquire()) {
            throw new Problem(503, "the order is carried out, but " + MAX_WAITS + " requests wait already")
                    .with("Retry-After", "10");
        }
        try {
            long end = System.nanoTime() + time.toNanos();
            List<Map<String, Object>> drains = new ArrayList<>();
            boolean drained = true;
            for (Object change : json.get("changes") instanceof List<?> list ? list : List.of()) {
                Map<?, ?> one = (Map<?, ?>) change;
                Optional<DrainSnapshot> ended = operations.awaitDrained(
                        one.get("balancer").toString(),
                        one.get("member").toString(),
                        Duration.ofNanos(Math.max(0, end - System.nanoTime())));
                drained &= ended.filter(drain -> drain.state() == State.DRAINED).isPresent();
                ended.map(ApiReads::drain).ifPresent(drains::add);
            }
            Map<String, Object> whole = new LinkedHashMap<>(json);
            whole.put("drained", drained);
            whole.put("drains", drains);
            return whole;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(503, "the server stops; the order is carried out");
        } finally {
            places.release();
        }
    }
}
