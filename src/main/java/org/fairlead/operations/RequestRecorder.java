package org.fairlead.operations;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.fairlead.engine.ExchangeObserver;
import org.fairlead.exchange.Exchange;
import org.fairlead.http.Headers;
import org.fairlead.model.RecorderConfig;

/**
 * The requests that are kept with the reasons of their decisions: a ring for each balancer, and one for requests that
 * were not forwarded. It outlives generations. Thread-safe.
 */
public final class RequestRecorder {
    /** The request field by which an operator has a request kept. It reaches no member. */
    public static final String FIELD = "Fairlead-Record";

    /** The ring of requests that were not forwarded. */
    private static final String NO_BALANCER = "";

    private final Map<String, RunningMedian> medians = new ConcurrentHashMap<>();
    /** Guarded by itself. */
    private final Map<String, Deque<RecordedRequest>> rings = new HashMap<>();

    private long bytes;
    private volatile RecorderConfig config = RecorderConfig.OFF;

    /** What is remarkable about a request that is over. */
    record Seen(Optional<String> balancer, int attempts, boolean refused, boolean failed, boolean wanted, long nanos) {}

    /** The settings from now on; what was kept stays as far as they allow, and goes where the recorder is off. */
    public void configure(RecorderConfig next) {
        config = next;
        synchronized (rings) {
            if (!next.on()) {
                rings.clear();
                medians.clear();
                bytes = 0;
            }
            rings.values().forEach(ring -> {
                while (ring.size() > next.entries()) {
                    bytes -= ring.removeFirst().bytes();
                }
            });
            shrink();
        }
    }

    /**
     * Begins to record a request.
     *
     * @param next the observer without a recorder
     * @return the observer to be told of it from now on; {@code next} where the recorder is off
     */
    public ExchangeObserver begin(Exchange exchange, ExchangeObserver next) {
        RecorderConfig now = config;
        return now.on() ? new RequestRecording(this, exchange, next, isWanted(now, exchange)) : next;
    }

    /** Whether an operator's token asks for it; takes the token from the request. */
    private static boolean isWanted(RecorderConfig now, Exchange exchange) {
        Headers headers = exchange.request().headers();
        if (now.token().isEmpty() || headers.indexOf(FIELD, 0) < 0) {
            return false;
        }
        List<String> given = headers.all(FIELD);
        headers.remove(FIELD);
        byte[] token = now.token().get().getBytes(StandardCharsets.UTF_8);
        return given.size() == 1 && MessageDigest.isEqual(token, given.get(0).getBytes(StandardCharsets.UTF_8));
    }

    /** Why a request is kept; empty = it is not. */
    List<String> reasons(Seen seen) {
        RecorderConfig now = config;
        List<String> reasons = new ArrayList<>(2);
        if (seen.wanted()) {
            reasons.add("asked for");
        }
        if (seen.refused()) {
            reasons.add("refused");
        }
        if (seen.failed()) {
            reasons.add("failed");
        }
        if (seen.attempts() > 1) {
            reasons.add("attempted " + seen.attempts() + " times");
        }
        if (seen.balancer().isPresent()) {
            RunningMedian median = medians.computeIfAbsent(seen.balancer().get(), first -> new RunningMedian());
            long usual = median.nanos();
            median.add(seen.nanos());
            if (usual > 0 && seen.nanos() / now.slow() > usual) {
                reasons.add("slow: " + seen.nanos() / usual + " times the median");
            }
        }
        if (reasons.isEmpty() && now.sample() > 0 && ThreadLocalRandom.current().nextInt(now.sample()) == 0) {
            reasons.add("sample");
        }
        return now.on() ? reasons : List.of();
    }

    void keep(RecordedRequest request) {
        synchronized (rings) {
            Deque<RecordedRequest> ring =
                    rings.computeIfAbsent(request.balancer().orElse(NO_BALANCER), first -> new ArrayDeque<>());
            ring.addLast(request);
            bytes += request.bytes();
            if (ring.size() > config.entries()) {
                bytes -= ring.removeFirst().bytes();
            }
            shrink();
        }
    }

    /** Takes from the largest ring, so that many refused requests do not push out those of a balancer. */
    private void shrink() {
        while (bytes > config.maxBytes()) {
            Deque<RecordedRequest> largest = rings.values().stream()
                    .max(Comparator.comparingInt(Deque::size))
                    .orElseThrow();
            bytes -= largest.removeFirst().bytes();
        }
    }

    /** Finds a kept request by its id. */
    public Optional<RecordedRequest> find(String id) {
        synchronized (rings) {
            return rings.values().stream()
                    .flatMap(Deque::stream)
                    .filter(request -> request.asked().id().equals(id))
                    .findFirst();
        }
    }

    /** Returns what is kept now, and the memory that it takes. */
    public RecorderSnapshot snapshot() {
        synchronized (rings) {
            return new RecorderSnapshot(
                    config,
                    bytes,
                    rings.values().stream()
                            .flatMap(Deque::stream)
                            .sorted(Comparator.comparing((RecordedRequest request) ->
                                            request.asked().at())
                                    .reversed())
                            .toList());
        }
    }
}
