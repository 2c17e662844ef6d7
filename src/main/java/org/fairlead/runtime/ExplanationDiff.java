package org.fairlead.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fairlead.engine.DryRunRequest;
import org.fairlead.engine.Explanation;
import org.fairlead.http.Headers;
import org.fairlead.http.LogText;
import org.fairlead.model.ProxyConfig;

/**
 * What becomes of requests under one configuration and under another. Places of lines are not compared, so that lines
 * may move. What differs between two runs of the old configuration, such as the time or a turn, is not compared either.
 */
public final class ExplanationDiff {
    /** The most requests that are named before one difference. */
    private static final int MAX_NAMED = 10;

    private static final String DECISION = "decision";
    private static final String BALANCER = "balancer";
    private static final String SENDS = "sends";

    private final List<ProxyConfig> configs;
    private final OfflineEngine old;
    private final OfflineEngine oldAgain;
    private final OfflineEngine next;

    private ExplanationDiff(ProxyConfig old, ProxyConfig next) {
        this.configs = List.of(old, next);
        this.old = OfflineEngine.of(old);
        this.oldAgain = OfflineEngine.of(old);
        this.next = OfflineEngine.of(next);
    }

    /** Opens no port and no connection, and starts no thread. */
    public static ExplanationDiff of(ProxyConfig old, ProxyConfig next) {
        return new ExplanationDiff(old, next);
    }

    /** The ports of the old configuration's listeners. */
    public DryRunRequest.Ports ports() {
        return old.ports();
    }

    /**
     * Compares on both sides of every boundary of both. Returns the requests that differ, each difference once, with
     * the requests that have it before it.
     */
    public List<String> all() {
        Map<List<String>, List<String>> requests = new LinkedHashMap<>();
        for (RequestBoundaries.Asked asked : RequestBoundaries.of(configs, old.ports())) {
            List<String> differences = of(asked.request(old.ports()));
            if (!differences.isEmpty()) {
                requests.computeIfAbsent(differences, first -> new ArrayList<>())
                        .add(asked.toString());
            }
        }
        List<String> lines = new ArrayList<>();
        requests.forEach((differences, asked) -> {
            asked.stream().limit(MAX_NAMED).forEach(lines::add);
            if (asked.size() > MAX_NAMED) {
                lines.add("… and " + (asked.size() - MAX_NAMED) + " more");
            }
            lines.addAll(differences);
        });
        return lines;
    }

    /** Compares one request; returns lines with {@code -} for the old outcome and {@code +} for the new one. */
    public List<String> of(DryRunRequest request) {
        Explanation was = old.explain(request, false);
        Explanation becomes = next.explain(new DryRunRequest(request.head(), request.connection()), false);
        Map<String, String> before = outcome(was);
        Map<String, String> after = outcome(becomes);
        if (before.equals(after)) {
            return List.of();
        }
        Map<String, String> again = outcome(oldAgain.explain(request, false));
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> !before.getOrDefault(key, "").equals(again.getOrDefault(key, "")));
        if (!before.get(DECISION).equals(after.get(DECISION))) {
            // What follows from another decision needs no line for each field.
            keys.retainAll(List.of(DECISION, BALANCER, SENDS));
        }
        List<String> lines = new ArrayList<>();
        for (String key : keys) {
            if (!before.getOrDefault(key, "").equals(after.getOrDefault(key, ""))) {
                line(lines, "- ", key, before);
                line(lines, "+ ", key, after);
            }
        }
        if (!lines.isEmpty()) {
            because(lines, "< ", was, becomes);
            because(lines, "> ", becomes, was);
        }
        return lines;
    }

    private static void line(List<String> lines, String sign, String key, Map<String, String> outcome) {
        if (outcome.containsKey(key)) {
            lines.add(sign + key + ": " + LogText.clean(outcome.get(key)));
        }
    }

    /** The lines of one trace that the other has not. */
    private static void because(List<String> lines, String sign, Explanation one, Explanation other) {
        Set<String> there = other.trace().stream()
                .map(line -> line.phase() + " " + line.said())
                .collect(Collectors.toSet());
        one.trace().stream()
                .filter(line -> !line.phase().equals("member"))
                .filter(line -> !there.contains(line.phase() + " " + line.said()))
                .forEach(line -> lines.add("  " + sign + line.source() + " " + LogText.clean(line.said())));
    }

    private static Map<String, String> outcome(Explanation seen) {
        Map<String, String> outcome = new LinkedHashMap<>();
        outcome.put(
                DECISION,
                seen.decision()
                        + (seen.status().isPresent() ? " " + seen.status().getAsInt() : ""));
        seen.balancer().ifPresent(name -> outcome.put(BALANCER, name));
        for (Explanation.Candidate candidate : seen.candidates()) {
            outcome.put(
                    "member " + candidate.member(),
                    candidate.order() + ", " + candidate.share() + " %, " + candidate.why());
        }
        seen.sends().ifPresent(sends -> {
            outcome.put(SENDS, sends.method() + " " + sends.url());
            fields(outcome, "sends field ", sends.headers());
        });
        fields(outcome, "responds with field ", seen.response());
        return outcome;
    }

    private static void fields(Map<String, String> outcome, String what, Headers headers) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) ->
                fields.computeIfAbsent(name, first -> new ArrayList<>()).add(value));
        fields.forEach((name, values) -> outcome.put(what + name, String.join(", ", values)));
    }
}
