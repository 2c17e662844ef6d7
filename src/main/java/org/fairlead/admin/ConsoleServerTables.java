package org.fairlead.admin;

import static org.fairlead.admin.ConsoleTable.Column.number;
import static org.fairlead.admin.ConsoleTable.Column.text;
import static org.fairlead.admin.ConsoleTable.Column.wide;
import static org.fairlead.admin.ConsoleTable.Column.word;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.counters.TrafficSnapshot;
import org.fairlead.operations.CertificateSnapshot;
import org.fairlead.operations.HostSnapshot;
import org.fairlead.operations.LeavingMember;
import org.fairlead.operations.ListenerSnapshot;
import org.fairlead.operations.RouteSnapshot;
import org.fairlead.operations.ServerSnapshot;

/** The console's tables of all objects except balancers. */
record ConsoleServerTables(ServerSnapshot seen) {
    private static final int MAX_ROWS = 25;

    private Instant now() {
        return seen.process().now();
    }

    String leaving() {
        if (seen.leaving().isEmpty()) {
            return "";
        }
        ConsoleTable table = new ConsoleTable(
                "Removed members, until their last request is through",
                text("Member"),
                text("Balancer"),
                word("Removed"),
                number("In flight"));
        for (LeavingMember leaving : seen.leaving()) {
            MemberSnapshot member = leaving.member();
            table.row(
                    leaving.balancer() + " " + member.id() + leaving.since(),
                    "idle",
                    Html.text(member.id()),
                    Html.text(ConsoleText.balancer(leaving.balancer())),
                    ConsoleText.ago(leaving.since(), now()),
                    ConsoleText.count(member.load().busy()));
        }
        return "<h2>Leaving</h2>" + table;
    }

    String routes() {
        ConsoleTable table = new ConsoleTable(
                "Routes <span class=\"soft\">since the start</span>",
                text("Route"),
                text("Host"),
                text("To"),
                number("Requests"),
                number("4xx"),
                number("Errors"),
                number("p50"),
                number("p99"),
                number("Sent"),
                wide("Configured"));
        for (HostSnapshot host : seen.hosts()) {
            String name = host.name().isEmpty() ? "main server" : host.name();
            for (RouteSnapshot route : host.routes()) {
                TrafficSnapshot traffic = route.traffic();
                if (route.path().isEmpty() && traffic.requests() == 0) {
                    continue;
                }
                long answered = traffic.responses().total();
                table.row(
                        name + host.source() + route.path(),
                        "",
                        route.path().isEmpty() ? "(no route)" : Html.text(route.path()),
                        Html.text(name),
                        route.balancer()
                                .map(balancer -> "<a href=\"" + ConsolePage.link(balancer) + "\">"
                                        + Html.text(ConsoleText.balancer(balancer)) + "</a>")
                                .orElse(""),
                        ConsoleText.count(traffic.requests()),
                        ConsoleText.count(traffic.responses().clientError()),
                        ConsoleText.count(
                                traffic.responses().serverError() + Math.max(0, traffic.requests() - answered)),
                        millis(traffic, 0.5),
                        millis(traffic, 0.99),
                        ConsoleText.bytes(traffic.bytes()),
                        Html.text(route.source().toString()));
            }
        }
        return table.toString();
    }

    private static String millis(TrafficSnapshot traffic, double share) {
        return ConsoleText.millis(
                traffic.durations().quantile(share).map(Duration::toNanos).orElse(0L) / 1e6f);
    }

    String listeners() {
        ConsoleTable table = new ConsoleTable(
                "Listeners <span class=\"soft\">since the start</span>",
                text("Listener"),
                number("Connections"),
                number("Requests"),
                number("2xx"),
                number("3xx"),
                number("4xx"),
                number("5xx"),
                number("Sent"));
        for (ListenerSnapshot listener : seen.listeners()) {
            table.row(
                    listener.url(),
                    "",
                    Html.text(listener.url()),
                    listener.connections() < 0 ? "–" : ConsoleText.count(listener.connections()),
                    ConsoleText.count(listener.requests()),
                    ConsoleText.count(listener.responses().success()),
                    ConsoleText.count(listener.responses().redirection()),
                    ConsoleText.count(listener.responses().clientError()),
                    ConsoleText.count(listener.responses().serverError()),
                    ConsoleText.bytes(listener.bytes()));
        }
        return table.toString();
    }

    String certificates() {
        if (seen.certificates().isEmpty()) {
            return "<p class=\"soft\">No listener or host shows a certificate.</p>";
        }
        ConsoleTable table = new ConsoleTable(
                "Certificates", text("Host"), word("Ends"), wide("Names"), wide("Issuer"), wide("File"));
        for (CertificateSnapshot certificate : seen.certificates()) {
            Duration left = Duration.between(now(), certificate.notAfter());
            boolean soon = left.compareTo(ConsoleProblems.CERTIFICATE_WARNING) < 0;
            String level = left.isNegative() ? "bad" : soon ? "warn" : "good";
            String icon = left.isNegative() ? "cross" : soon ? "warn" : "check";
            table.row(
                    certificate.host() + certificate.file(),
                    level.equals("good") ? "" : level,
                    Html.text(certificate.host().isEmpty() ? certificate.subject() : certificate.host()),
                    "<span class=\"tag " + level + "\">" + ConsoleIcons.icon(icon)
                            + (left.isNegative() ? "ended" : "in " + ConsoleText.span(left)) + "</span><small>"
                            + ConsoleText.day(certificate.notAfter()) + "</small>",
                    Html.text(String.join(", ", certificate.names())),
                    Html.text(certificate.issuer()),
                    Html.text(certificate.file()) + "<small>"
                            + Html.text(certificate.source().toString()) + "</small>");
        }
        return table.toString();
    }

    String reload() {
        StringBuilder out = new StringBuilder("<dl class=\"plain panel\"><dt>Runs since</dt><dd>")
                .append(ConsoleText.day(seen.reload().lastSuccess()))
                .append(" (" + ConsoleText.ago(seen.reload().lastSuccess(), now()) + ")</dd><dt>Last read</dt><dd>")
                .append(ConsoleText.ago(seen.reload().lastAttempt(), now()))
                .append(seen.reload().successful() ? ", taken over" : ", <strong class=\"bad\">refused</strong>")
                .append("</dd><dt>Taken over</dt><dd>" + seen.reload().successes() + "</dd><dt>Refused</dt><dd>"
                        + seen.reload().refusals() + "</dd>");
        if (!seen.reload().problems().isEmpty()) {
            out.append("<dt>Why</dt><dd>");
            seen.reload().problems().forEach(why -> out.append(Html.text(why)).append("<br>"));
            out.append("</dd>");
        }
        return out.append("</dl>").toString();
    }

    String events(List<ConsoleRecorder.Event> events) {
        if (events.isEmpty()) {
            return "<p class=\"soft\">No change of state was seen since the start.</p>";
        }
        ConsoleTable table =
                new ConsoleTable("Changes of state, latest first", word("Time"), text("What"), wide("Change"));
        events.stream()
                .limit(MAX_ROWS)
                .forEach(event -> table.row(
                        event.at() + event.object(),
                        "",
                        ConsoleText.time(event.at(), now()),
                        Html.text(event.object()),
                        "<span class=\"" + event.level() + "\">" + ConsoleIcons.icon(icon(event.level())) + "</span>"
                                + Html.text(event.text())));
        return table.toString();
    }

    private static String icon(String level) {
        return switch (level) {
            case "bad" -> "cross";
            case "warn" -> "warn";
            case "good" -> "check";
            default -> "square";
        };
    }

    String audit(List<AuditLog.Entry> entries) {
        if (entries.isEmpty()) {
            return "<p class=\"soft\">No order was given since the start.</p>";
        }
        ConsoleTable table = new ConsoleTable(
                "Orders, latest first",
                word("Time"),
                text("Who"),
                wide("On"),
                wide("Order"),
                wide("Reason"),
                wide("Outcome"));
        List<AuditLog.Entry> latest = new ArrayList<>(entries);
        java.util.Collections.reverse(latest);
        latest.stream()
                .limit(MAX_ROWS)
                .forEach(entry -> table.row(
                        entry.at() + entry.request(),
                        entry.outcome().equals("done") ? "" : "warn",
                        ConsoleText.time(entry.at(), now()),
                        Html.text(entry.user().isEmpty() ? "–" : entry.user()) + "<small>" + Html.text(entry.from())
                                + "</small>",
                        Html.text(entry.object()),
                        Html.text(entry.order()),
                        Html.text(entry.reason()),
                        Html.text(entry.outcome())));
        return table.toString();
    }
}
