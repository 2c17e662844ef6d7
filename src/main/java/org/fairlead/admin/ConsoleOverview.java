package org.fairlead.admin;

import static org.fairlead.admin.ConsoleTable.Column.number;
import static org.fairlead.admin.ConsoleTable.Column.text;
import static org.fairlead.admin.ConsoleTable.Column.wide;
import static org.fairlead.admin.ConsoleTable.Column.word;

import java.util.List;
import java.util.Locale;
import org.fairlead.admin.ConsoleSeries.Sample;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.operations.ListenerSnapshot;
import org.fairlead.operations.ServerSnapshot;

/** The console's first page: problems first, then all balancers, hosts and listeners. */
record ConsoleOverview(ServerSnapshot seen, ConsoleRecorder recorder, List<AuditLog.Entry> audit) {
    String body() {
        StringBuilder out = new StringBuilder(32_768);
        out.append("<h1 class=\"hidden\">Fairlead console</h1>")
                .append(ConsoleProblems.banner(new ConsoleProblems(seen).all()))
                .append(tiles());
        if (!seen.balancers().isEmpty()) {
            out.append("<h2 id=\"balancers\">Balancers</h2>").append(balancers());
            out.append("<h2 id=\"members\">Members</h2>");
            seen.balancers()
                    .forEach(balancer -> out.append("<div data-key=\"")
                            .append(Html.text(balancer.name()))
                            .append("\">")
                            .append(members(balancer))
                            .append("</div>"));
        }
        ConsoleServerTables server = new ConsoleServerTables(seen);
        out.append(server.leaving())
                .append("<h2>Routes</h2>")
                .append(server.routes())
                .append("<h2>Listeners</h2>")
                .append(server.listeners())
                .append("<h2>Certificates</h2>")
                .append(server.certificates())
                .append("<h2>Configuration</h2>")
                .append(server.reload())
                .append("<p><a class=\"button\" href=\"?explain\">Explain a request</a></p>")
                .append("<h2>Events</h2>")
                .append(server.events(recorder.events()))
                .append("<h2>Orders</h2>")
                .append(server.audit(audit));
        return out.toString();
    }

    private String tiles() {
        ConsoleSeries series = recorder.server();
        Sample recent = series.recent();
        Sample minute = series.minute();
        List<Sample> seconds = series.seconds();
        int waiting =
                seen.balancers().stream().mapToInt(one -> one.queue().waiting()).sum();
        long connections = seen.listeners().stream()
                .mapToLong(ListenerSnapshot::connections)
                .filter(count -> count > 0)
                .sum();
        int limit = seen.workers().limit();
        return "<dl class=\"tiles\">"
                + tile(
                        "Requests per second",
                        ConsoleText.rate(recent.requests() / (double) recent.seconds()),
                        "",
                        ConsoleCharts.sparkline(seconds, "Requests per second and errors, ten minutes"))
                + tile(
                        "Errors, last 10 s",
                        ConsoleText.percent(recent.errors(), recent.requests()),
                        "5xx or none",
                        ConsoleCharts.sparkline(seconds, "Errors per second, ten minutes", Sample::errors))
                + tile(
                        "Time p99, last minute",
                        ConsoleText.millis(minute.p99()),
                        "p50 " + ConsoleText.millis(minute.p50()),
                        ConsoleCharts.sparkline(seconds, "p99 of ten minutes", Sample::p99))
                + tile(
                        "In flight",
                        ConsoleText.count(seen.workers().active()),
                        limit > 0 ? "of " + ConsoleText.count(limit) : "",
                        ConsoleCharts.sparkline(seconds, "Requests in flight, ten minutes", Sample::busy))
                + tile(
                        "Queue",
                        ConsoleText.count(waiting),
                        "",
                        ConsoleCharts.sparkline(seconds, "Requests waiting, ten minutes", Sample::waiting))
                + tile("Connections", ConsoleText.count(connections), tunnels(), "")
                + "</dl>\n";
    }

    private String tunnels() {
        int tunnels = seen.workers().tunnels();
        return tunnels > 0 ? ConsoleText.plural(tunnels, "tunnel") : "";
    }

    private static String tile(String name, String value, String more, String chart) {
        return "<div><dt>" + name + "</dt><dd>" + value + " <small>" + more + "</small>" + chart + "</dd></div>";
    }

    private String balancers() {
        ConsoleTable table = new ConsoleTable(
                "Balancers <span class=\"soft\">rates of the last 10 s, times of the last minute</span>",
                text("Balancer"),
                word("Usable"),
                number("Requests/s"),
                number("Errors"),
                number("p50"),
                number("p99"),
                number("In flight"),
                number("Queue"),
                number("Retries"),
                word("10 minutes"));
        for (BalancerSnapshot balancer : seen.balancers()) {
            ConsoleSeries series = recorder.balancer(balancer.name());
            Sample recent = series.recent();
            Sample minute = series.minute();
            int size = balancer.members().size();
            String level = balancer.usable() == 0 ? "bad" : balancer.usable() < size ? "warn" : "good";
            String icon = balancer.usable() == 0 ? "cross" : balancer.usable() < size ? "warn" : "check";
            table.row(
                    balancer.name(),
                    level.equals("good") ? "" : level,
                    "<a href=\"" + ConsolePage.link(balancer.name()) + "\">"
                            + Html.text(ConsoleText.balancer(balancer.name())) + "</a><small>" + method(balancer)
                            + "</small>",
                    "<span class=\"tag " + level + "\">" + ConsoleIcons.icon(icon) + balancer.usable() + " of " + size
                            + "</span>",
                    ConsoleText.rate(recent.requests() / (double) recent.seconds()),
                    ConsoleText.percent(recent.errors(), recent.requests()),
                    ConsoleText.millis(minute.p50()),
                    ConsoleText.millis(minute.p99()),
                    ConsoleText.count(recent.busy()),
                    ConsoleText.count(balancer.queue().waiting()),
                    ConsoleText.count(balancer.retries().made().values().stream()
                            .mapToLong(Long::longValue)
                            .sum()),
                    ConsoleCharts.sparkline(
                            series.seconds(),
                            "Requests per second and errors of " + balancer.name() + ", ten minutes"));
        }
        return table.toString();
    }

    private static String method(BalancerSnapshot balancer) {
        return balancer.config().standalone()
                ? "a member of its own"
                : balancer.config().method().name().toLowerCase(Locale.ROOT)
                        + balancer.config()
                                .sticky()
                                .map(sticky -> ", sticky " + Html.text(ManagerPage.names(sticky)))
                                .orElse("");
    }

    /** The members of a balancer, as its own page shows them too. */
    String members(BalancerSnapshot balancer) {
        ConsoleTable table = new ConsoleTable(
                Html.text(ConsoleText.balancer(balancer.name())),
                text("Member"),
                wide("State"),
                word("Order"),
                word("Since"),
                number("Got / wanted"),
                number("Requests/s"),
                number("Errors"),
                number("p50 / p99"),
                number("In flight"),
                wide("Last error"),
                word("10 minutes"));
        ConsoleShares shares = ConsoleShares.of(balancer, recorder);
        for (MemberSnapshot member : balancer.members()) {
            table.row(member.id(), ConsoleMember.edge(member), row(balancer, member, shares));
        }
        return table.toString();
    }

    private String[] row(BalancerSnapshot balancer, MemberSnapshot member, ConsoleShares shares) {
        ConsoleMember shown = new ConsoleMember(seen, balancer, member);
        ConsoleSeries series = recorder.member(balancer.name(), member.id());
        Sample recent = series.recent();
        Sample minute = series.minute();
        return new String[] {
            "<a href=\"" + ConsolePage.link(balancer.name(), member.id()) + "\">" + Html.text(member.id()) + "</a>"
                    + shown.names(),
            ConsoleState.observed(member).tag(),
            ConsoleState.order(member).tag() + shown.reason(),
            shown.since(),
            shares.got(member) + " / " + shares.wanted(member),
            ConsoleText.rate(recent.requests() / (double) recent.seconds()),
            ConsoleText.percent(recent.errors(), recent.requests()),
            ConsoleText.millis(minute.p50()) + " / " + ConsoleText.millis(minute.p99()),
            ConsoleText.count(member.load().busy()),
            shown.lastError(),
            ConsoleCharts.sparkline(
                    series.seconds(), "Requests per second and errors of " + member.id() + ", ten minutes")
        };
    }
}
