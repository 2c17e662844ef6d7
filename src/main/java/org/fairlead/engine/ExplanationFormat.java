package org.fairlead.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairlead.http.Headers;
import org.fairlead.http.LogText;

/** Formats an explanation as text for a terminal, and as JSON for the admin API. */
public final class ExplanationFormat {
    private ExplanationFormat() {}

    /**
     * JSON of this shape; what is absent is left out.
     *
     * <pre>
     * {"decision": "forward|respond|decline", "status": 403,
     *  "trace": [{"phase", "source": "FILE:LINE", "said"}],
     *  "balancer", "candidates": [{"member", "order", "state", "usable", "share", "busy", "why"}], "chosen", "why",
     *  "sends": {"method", "url", "headers": {NAME: VALUE, or a list where there are several}},
     *  "response": {"headers"}}
     * </pre>
     */
    public static String json(Explanation seen) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("decision", seen.decision());
        seen.status().ifPresent(status -> json.put("status", status));
        json.put("trace", seen.trace().stream().map(ExplanationFormat::line).toList());
        seen.balancer().ifPresent(balancer -> {
            json.put("balancer", balancer);
            json.put(
                    "candidates",
                    seen.candidates().stream().map(ExplanationFormat::candidate).toList());
        });
        seen.chosen().ifPresent(chosen -> json.put("chosen", chosen));
        if (!seen.said().isEmpty()) {
            json.put("why", seen.said());
        }
        seen.sends().ifPresent(sends -> {
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("method", sends.method());
            request.put("url", sends.url());
            request.put("headers", fields(sends.headers()));
            json.put("sends", request);
        });
        if (seen.response().size() > 0) {
            json.put("response", Map.of("headers", fields(seen.response())));
        }
        return JsonText.of(json);
    }

    /** Returns a line of a trace as a JSON object. */
    public static Map<String, Object> line(Explanation.Line line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("phase", line.phase());
        json.put("source", line.source());
        json.put("said", line.said());
        return json;
    }

    /** Returns a candidate as a JSON object. */
    public static Map<String, Object> candidate(Explanation.Candidate candidate) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("member", candidate.member());
        json.put("order", candidate.order());
        json.put("state", candidate.state());
        json.put("usable", candidate.usable());
        json.put("share", candidate.share());
        json.put("busy", candidate.busy());
        json.put("why", candidate.why());
        return json;
    }

    private static Map<String, Object> fields(Headers headers) {
        Map<String, Object> fields = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            if (fields.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
                List<String> all = headers.all(name);
                fields.put(name, all.size() == 1 ? value : all);
            }
        });
        return fields;
    }

    /** Lines for a terminal, each with its end; control characters of the request are escaped. */
    public static String text(Explanation seen) {
        List<String> lines = new ArrayList<>();
        lines.add("decision: " + seen.decision()
                + (seen.status().isPresent() ? ", status " + seen.status().getAsInt() : ""));
        seen.response().forEach((name, value) -> lines.add("  " + name + ": " + value));
        lines.add("trace:");
        int phase =
                seen.trace().stream().mapToInt(l -> l.phase().length()).max().orElse(0);
        int source =
                seen.trace().stream().mapToInt(l -> l.source().length()).max().orElse(0);
        seen.trace()
                .forEach(line -> lines.add("  " + padded(line.phase(), phase) + "  " + padded(line.source(), source)
                        + "  " + line.said()));
        seen.balancer().ifPresent(balancer -> members(seen, balancer, lines));
        seen.sends().ifPresent(sends -> {
            lines.add("sends: " + sends.method() + " " + sends.url());
            sends.headers().forEach((name, value) -> lines.add("  " + name + ": " + value));
        });
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(LogText.clean(line).stripTrailing()).append('\n'));
        return text.toString();
    }

    private static void members(Explanation seen, String balancer, List<String> lines) {
        lines.add("balancer: " + balancer);
        for (Explanation.Candidate candidate : seen.candidates()) {
            boolean chosen = seen.chosen().filter(candidate.member()::equals).isPresent();
            lines.add((chosen ? "  * " : "    ") + candidate.member() + "  " + candidate.order() + "  "
                    + candidate.state() + "  " + candidate.share() + " %  " + candidate.why());
        }
        lines.add("chosen: " + seen.chosen().orElse("none, " + seen.said()));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
