package org.fairlead.admin;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.StickyConfig;
import org.fairlead.operations.HostSnapshot;
import org.fairlead.operations.RouteSnapshot;
import org.fairlead.operations.ServerSnapshot;

/** httpd's page of balancers and members (balancer_display_page), word for word, since tools read it. */
record ManagerPage(ServerSnapshot seen, Nonces nonces, String serverName, String uri) {
    private static final String STYLE = String.join(
            "\n",
            "<style type='text/css'>",
            "table {\n border-width: 1px;\n border-spacing: 3px;\n border-style: solid;\n border-color: gray;",
            " border-collapse: collapse;\n background-color: white;\n text-align: center;\n}",
            "th {\n border-width: 1px;\n padding: 2px;\n border-style: dotted;\n border-color: gray;",
            " background-color: lightgray;\n text-align: center;\n}",
            "td {\n border-width: 1px;\n padding: 2px;\n border-style: dotted;\n border-color: gray;",
            " background-color: white;\n text-align: center;\n}",
            "</style>");

    private static final String PROBES =
            "<th>HC Method</th><th>HC Interval</th><th>Passes</th><th>Fails</th><th>HC uri</th><th>HC Expr</th>";

    /**
     * Returns the page.
     *
     * @param changes whether changes are allowed, so that forms are shown
     * @param balancer the balancer whose form is requested
     * @param member the member whose form is requested, instead of its balancer's
     */
    String page(boolean changes, Optional<BalancerSnapshot> balancer, Optional<MemberSnapshot> member) {
        StringBuilder out = new StringBuilder(8192);
        out.append("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\">\n")
                .append("<html><head><title>Balancer Manager</title>\n")
                .append(STYLE)
                .append("\n</head>\n<body><h1>Load Balancer Manager for ")
                .append(Html.text(serverName))
                .append("</h1>\n\n<dl><dt>Server Version: ")
                .append(Html.text(HttpdIdentity.server(seen.process().version())))
                .append("</dt>\n<dt>Server Built: ")
                .append(seen.process().started().toString(), 0, 19)
                .append("</dt>\n<dt>Balancer changes will ")
                .append(seen.config().operations().stateFile().isPresent() ? "" : "NOT ")
                .append("be persisted on restart.</dt>")
                .append("<dt>Balancers are inherited from main server.</dt>")
                .append("<dt>ProxyPass settings are inherited from main server.</dt></dl>\n");
        seen.balancers().stream().filter(one -> !one.config().standalone()).forEach(one -> balancer(out, one));
        out.append("<hr />\n");
        if (changes && balancer.isPresent()) {
            ManagerForms forms = new ManagerForms(uri, nonces.of(balancer.get()));
            out.append(member.map(one -> forms.member(balancer.get(), one))
                    .orElseGet(() -> forms.balancer(balancer.get())));
            out.append("<hr />\n");
        }
        return out.append("</body></html>\n").toString();
    }

    private void balancer(StringBuilder out, BalancerSnapshot balancer) {
        String name = balancer.name();
        String link = Html.text(uri + "?b=" + Html.query(name));
        String nonce = "&amp;nonce=" + nonces.of(balancer);
        int used = balancer.members().size();
        out.append("<hr />\n<h3>LoadBalancer Status for <a href=\"")
                .append(link + nonce + "\">balancer://" + Html.text(name) + "</a> [" + id(name) + "]</h3>\n\n\n")
                .append("<table><tr>");
        for (String head : List.of(
                "MaxMembers",
                "StickySession",
                "DisableFailover",
                "Timeout",
                "FailoverAttempts",
                "Method",
                "Path",
                "Active")) {
            out.append("<th>").append(head).append("</th>");
        }
        out.append("</tr>\n<tr><td>" + (used + balancer.config().growth()) + " [" + used + " Used]</td>\n")
                .append("<td>" + sticky(balancer) + "</td><td>"
                        + (balancer.config().failover() ? "Off" : "On"))
                .append("</td>\n<td>" + balancer.config().timeout().toSeconds() + "</td><td>" + balancer.maxAttempts())
                .append("</td>\n<td>" + method(balancer) + "</td>\n<td>" + Html.text(path(name)))
                .append("</td>\n<td>Yes</td>\n</tr>\n</table>\n<br />\n\n<table><tr><th>Worker URL</th>")
                .append("<th>Route</th><th>RouteRedir</th><th>Factor</th><th>Set</th><th>Status</th><th>Elected</th>")
                .append("<th>Busy</th><th>Load</th><th>To</th><th>From</th>" + PROBES + "</tr>\n");
        balancer.members().forEach(member -> member(out, member, link, nonce));
        out.append("</table>\n");
    }

    private void member(StringBuilder out, MemberSnapshot member, String link, String nonce) {
        out.append("<tr>\n<td><a href=\"" + link + "&amp;w=" + Html.text(Html.query(member.id())) + nonce + "\">")
                .append(Html.text(member.id()) + "</a></td>");
        Optional<HealthCheckConfig> health = member.config().health();
        for (String cell : List.of(
                Html.text(member.orders().route()),
                Html.text(member.orders().redirect()),
                factor(member.orders().loadFactorHundredths()),
                Integer.toString(member.orders().lbset()),
                words(member),
                Long.toString(member.load().elected()),
                Integer.toString(member.load().busy()),
                Long.toString(member.load().lbstatus()),
                HttpdIdentity.size(member.load().to()),
                HttpdIdentity.size(member.load().from()),
                health.map(check -> check.method().name()).orElse("NONE"),
                health.map(check -> check.interval().toMillis()).orElse(30_000L) + "ms",
                health.map(HealthCheckConfig::passes).orElse(1) + " (0)",
                health.map(HealthCheckConfig::fails).orElse(1) + " (0)",
                Html.text(health.map(HealthCheckConfig::uri).orElse("")),
                Html.text(health.map(HealthCheckConfig::expression).orElse("")))) {
            out.append("<td>").append(cell).append("</td>");
        }
        out.append("</tr>\n");
    }

    /** httpd's words; a worker that is there is initialised. */
    static String words(MemberSnapshot member) {
        return "Init " + member.status().words() + " ";
    }

    static String factor(int hundredths) {
        return String.format(Locale.ROOT, "%d.%02d", hundredths / 100, hundredths % 100);
    }

    static String method(BalancerSnapshot balancer) {
        return balancer.config().method().name().toLowerCase(Locale.ROOT);
    }

    private static String sticky(BalancerSnapshot balancer) {
        return balancer.config()
                .sticky()
                .map(ManagerPage::names)
                .filter(names -> !names.isEmpty())
                .map(Html::text)
                .orElse(" (None) ");
    }

    static String names(StickyConfig sticky) {
        return sticky.cookie().equals(sticky.parameter())
                ? sticky.cookie()
                : sticky.cookie() + "|" + sticky.parameter();
    }

    /** The first path that leads there, as httpd keeps it with the balancer. */
    private String path(String balancer) {
        return seen.hosts().stream()
                .map(HostSnapshot::routes)
                .flatMap(List::stream)
                .filter(route -> route.balancer().filter(balancer::equals).isPresent())
                .map(RouteSnapshot::path)
                .findFirst()
                .orElse("/");
    }

    private static String id(String balancer) {
        return "p" + String.format("%08x", balancer.hashCode()) + "_" + Html.text(balancer);
    }
}
