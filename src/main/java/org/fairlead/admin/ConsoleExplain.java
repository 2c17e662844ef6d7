package org.fairlead.admin;

import static org.fairlead.admin.ConsoleTable.Column.number;
import static org.fairlead.admin.ConsoleTable.Column.text;
import static org.fairlead.admin.ConsoleTable.Column.word;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fairlead.engine.DryRunRequest;
import org.fairlead.engine.Explanation;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.operations.Operations;
import org.fairlead.operations.RecordedRequest;
import org.fairlead.operations.RecorderSnapshot;

/** The console's pages that explain a request: the form for one that would be, and one that was kept. */
record ConsoleExplain(Operations operations) {
    /** The most kept requests that are listed. */
    private static final int MAX_LISTED = 100;

    /** Whether the query asks for one of these pages. */
    static boolean isFor(Parameters query) {
        return query.get("explain").isPresent() || query.get("request").isPresent();
    }

    /** @throws RefusedException 404 if the request that it names is not kept */
    String body(Parameters query) throws RefusedException {
        if (query.get("request").isEmpty()) {
            return form(new Parameters(Map.of())) + kept(operations.recorder().snapshot());
        }
        return recorded(operations
                .recorder()
                .find(query.get("request").get().strip())
                .orElseThrow(() -> new RefusedException(404, "this request is not kept")));
    }

    /** The answer to the form. */
    String answer(Parameters form) {
        try {
            Explanation seen = operations.explain(DryRunRequest.of(
                    form.get("method").orElse("GET").strip() + " "
                            + form.get("url").orElse("").strip(),
                    fields(form.get("fields").orElse("")),
                    form.get("client").orElse("").strip(),
                    DryRunRequest.Ports.AS_ASKED));
            return form(form) + explained(seen);
        } catch (IllegalArgumentException e) {
            return form(form) + "<section class=\"banner bad\" role=\"alert\"><p class=\"bad\">"
                    + ConsoleIcons.icon("cross") + Html.text(e.getMessage()) + "</p></section>";
        }
    }

    private static Headers fields(String lines) {
        Headers fields = new Headers();
        for (String line : lines.split("\\R")) {
            int colon = line.indexOf(':');
            if (!line.isBlank() && colon < 1) {
                throw new IllegalArgumentException("field '" + line + "' (expected: NAME: VALUE)");
            } else if (!line.isBlank()) {
                fields.add(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    private static String form(Parameters typed) {
        return "<h1>Explain a request</h1><form method=\"post\" action=\"?\" class=\"panel\">"
                + "<h2 class=\"first\">A request that would be</h2><p>Nothing is sent and nothing is counted.</p>"
                + "<input type=\"hidden\" name=\"do\" value=\"explain\">"
                + input("method", "Method", typed.get("method").orElse("GET"))
                + input(
                        "url",
                        "URL, as http://www.example.com/path",
                        typed.get("url").orElse(""))
                + input("client", "Address of the client", typed.get("client").orElse("127.0.0.1"))
                + "<label for=\"fields\">Fields, each on a line: NAME: VALUE</label>"
                + "<textarea id=\"fields\" name=\"fields\" rows=\"3\">"
                + Html.text(typed.get("fields").orElse("")).replace("\r\n", "\n") + "</textarea>"
                + "<div class=\"actions\"><button class=\"go\" type=\"submit\">Explain</button></div></form>";
    }

    private static String input(String name, String label, String value) {
        return "<label for=\"" + name + "\">" + label + "</label><input type=\"text\" id=\"" + name + "\" name=\""
                + name + "\" autocomplete=\"off\" value=\"" + Html.text(value) + "\">";
    }

    private static String kept(RecorderSnapshot seen) {
        if (!seen.config().on()) {
            return "<p>No requests are kept: RequestRecorder is off.</p>";
        }
        ConsoleTable table = new ConsoleTable(
                "Requests that were kept <span class=\"soft\">"
                        + seen.requests().size() + ", " + seen.bytes() / 1024 + " of "
                        + seen.config().maxBytes() / 1024 + " KiB</span>",
                word("Request"),
                text("URL"),
                text("Kept as"),
                word("Balancer"),
                number("Status"),
                number("Time"));
        seen.requests().stream()
                .limit(MAX_LISTED)
                .forEach(one -> table.row(
                        one.asked().id(),
                        "",
                        "<a href=\"?request=" + Html.query(one.asked().id()) + "\">"
                                + Html.text(one.asked().id()) + "</a>",
                        Html.text(one.asked().method() + " " + one.asked().url()),
                        Html.text(String.join(", ", one.kept())),
                        Html.text(one.balancer().orElse("")),
                        Integer.toString(one.answered().status()),
                        millis(one.answered().endAt())));
        return table.toString();
    }

    private static String explained(Explanation seen) {
        String status = seen.status().isPresent() ? " " + seen.status().getAsInt() : "";
        String sends = seen.sends()
                .map(one -> "<p>Sends: " + Html.text(one.method() + " " + one.url()) + "</p>")
                .orElse("");
        return "<h2>Decision: " + Html.text(seen.decision() + status) + "</h2>" + sends + trace(seen.trace())
                + (seen.candidates().isEmpty() ? "" : candidates(seen.said(), seen.candidates()));
    }

    private static String recorded(RecordedRequest one) {
        RecordedRequest.Asked asked = one.asked();
        StringBuilder out = new StringBuilder("<h1>Request " + Html.text(asked.id()) + "</h1><p class=\"lead\">"
                + Html.text(asked.method() + " " + asked.url()) + "</p><p>"
                + Html.text(asked.at() + ", from " + asked.client() + ", " + asked.protocol() + "; kept as "
                        + String.join(", ", one.kept()))
                + "</p><p>The client got " + one.answered().status() + ", "
                + one.answered().bytes()
                + " bytes, after " + millis(one.answered().endAt())
                + Html.text(one.answered()
                        .refusedBy()
                        .map(by -> "; refused by " + by)
                        .orElse(""))
                + "</p>");
        out.append(trace(one.trace()));
        int number = 1;
        for (RecordedRequest.Attempt attempt : one.attempts()) {
            out.append("<h2>Attempt " + number + ": "
                    + Html.text(attempt.member().isEmpty() ? "no member" : attempt.member()) + "</h2>");
            out.append("<p>" + Html.text(times(attempt)) + "</p>");
            out.append(candidates(attempt.why(), attempt.candidates()));
            number++;
        }
        return out.append("<p><a class=\"button\" href=\"?explain\">Back</a></p>")
                .toString();
    }

    private static String times(RecordedRequest.Attempt attempt) {
        String failed = attempt.failure()
                .map(kind -> "failed (" + kind + "): " + attempt.error() + "; " + attempt.next())
                .orElse("status " + attempt.status());
        return failed + ". Waited " + millis(attempt.queued()) + ", connected after " + millis(attempt.connected())
                + ", sent after " + millis(attempt.sent()) + ", first byte after " + millis(attempt.firstByte());
    }

    private static String trace(List<Explanation.Line> lines) {
        ConsoleTable table = new ConsoleTable("Decisions", word("Phase"), word("Line"), text("What it did"));
        lines.forEach(line ->
                table.row(line.phase(), "", Html.text(line.phase()), Html.text(line.source()), Html.text(line.said())));
        return table.toString();
    }

    private static String candidates(String why, List<Explanation.Candidate> candidates) {
        ConsoleTable table = new ConsoleTable(
                Html.text(why),
                text("Member"),
                word("Order"),
                word("State"),
                number("Share"),
                number("In flight"),
                text("Why"));
        candidates.forEach(one -> table.row(
                one.member(),
                "",
                Html.text(one.member()),
                Html.text(one.order()),
                Html.text(one.state()),
                one.share() + " %",
                Integer.toString(one.busy()),
                Html.text(one.why())));
        return table.toString();
    }

    private static String millis(long micros) {
        return micros < 0 ? "–" : String.format(Locale.ROOT, "%.1f ms", micros / 1000.0);
    }
}
