package org.fairlead.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.model.BalancerConfig.Method;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.MemberConfig.StatusFlag;

/** The two forms of httpd's manager, with httpd's keys. */
record ManagerForms(String uri, String nonce) {
    private static final List<Map.Entry<String, StatusFlag>> FLAGS = List.of(
            Map.entry("Ignore Errors", StatusFlag.IGNORE_ERRORS),
            Map.entry("Draining Mode", StatusFlag.DRAIN),
            Map.entry("Disabled", StatusFlag.DISABLED),
            Map.entry("Hot Standby", StatusFlag.STANDBY),
            Map.entry("Hot Spare", StatusFlag.SPARE),
            Map.entry("Stopped", StatusFlag.STOPPED));

    String member(BalancerSnapshot balancer, MemberSnapshot member) {
        StringBuilder out = new StringBuilder();
        out.append("<h3>Edit worker settings for " + Html.text(member.id()) + "</h3>\n")
                .append(begin())
                .append("<table>")
                .append(row(
                        "Load factor:",
                        text("w_lf", ManagerPage.factor(member.orders().loadFactorHundredths()))))
                .append(row(
                        "LB Set:", text("w_ls", Integer.toString(member.orders().lbset()))))
                .append(row("Route:", text("w_wr", member.orders().route())))
                .append(row("Route Redirect:", text("w_rr", member.orders().redirect())))
                .append("<tr><td>Status:</td><td><table><tr>");
        FLAGS.forEach(flag -> out.append("<th>").append(flag.getKey()).append("</th>"));
        out.append("</tr>\n<tr>");
        for (var flag : FLAGS) {
            boolean on = member.orders().flags().contains(flag.getValue());
            out.append("<td>")
                    .append(radio("w_status_" + flag.getValue().letter(), on))
                    .append("</td>\n");
        }
        out.append("</tr></table></td></tr>\n").append(health(member.config().health()));
        return out.append("<tr><td colspan='2'><input type=submit value='Submit'></td></tr>\n</table>\n")
                .append(hidden("w", member.id()))
                .append(end(balancer.name()))
                .toString();
    }

    private static String health(Optional<HealthCheckConfig> check) {
        StringBuilder out = new StringBuilder("<tr><td>HC Method</td><td><select name='w_hm'>\n");
        out.append(option("NONE", check.isEmpty()));
        for (HealthCheckConfig.Method method : HealthCheckConfig.Method.values()) {
            out.append(option(
                    method.name(), check.filter(one -> one.method() == method).isPresent()));
        }
        return out.append("</select>\n</td></tr>\n")
                .append(row(
                        "Interval (ms)",
                        text(
                                "w_hi",
                                Long.toString(check.map(one -> one.interval().toMillis())
                                        .orElse(30_000L)))))
                .append(row(
                        "Passes trigger",
                        text(
                                "w_hp",
                                Integer.toString(
                                        check.map(HealthCheckConfig::passes).orElse(1)))))
                .append(row(
                        "Fails trigger",
                        text(
                                "w_hf",
                                Integer.toString(
                                        check.map(HealthCheckConfig::fails).orElse(1)))))
                .append(row(
                        "HC uri", text("w_hu", check.map(HealthCheckConfig::uri).orElse(""))))
                .toString();
    }

    String balancer(BalancerSnapshot balancer) {
        StringBuilder methods = new StringBuilder("<select name='b_lbm' id='b_lbm'>");
        for (Method method : Method.values()) {
            methods.append(option(
                    method.name().toLowerCase(java.util.Locale.ROOT),
                    balancer.config().method() == method));
        }
        methods.append("</select>\n");
        StringBuilder out = new StringBuilder();
        out.append("<h3>Edit balancer settings for balancer://" + Html.text(balancer.name()) + "</h3>\n")
                .append(begin())
                .append("<table>\n")
                .append(row("LBmethod:", methods.toString()))
                .append(row(
                        "Timeout:",
                        text("b_tmo", Long.toString(balancer.config().timeout().toSeconds()))))
                .append(row("Failover Attempts:", text("b_max", Integer.toString(balancer.maxAttempts()))))
                .append(row(
                        "Disable Failover:",
                        radio("b_sforce", !balancer.config().failover())))
                .append(row(
                        "Sticky Session:",
                        text(
                                        "b_ss",
                                        balancer.config()
                                                .sticky()
                                                .map(ManagerPage::names)
                                                .orElse("")) + "&nbsp;&nbsp;&nbsp;&nbsp;(Use '-' to delete)"));
        if (balancer.config().growth() > 0) {
            out.append(row(
                    "Add New Worker:",
                    "<input name='b_nwrkr' id='b_nwrkr' size=32 type=text>&nbsp;&nbsp;&nbsp;&nbsp;Are you sure?"
                            + " <input name='b_wyes' id='b_wyes' type=checkbox value='1'>"));
        }
        return out.append("<tr><td colspan=2><input type=submit value='Submit'></td></tr>\n</table>\n")
                .append(end(balancer.name()))
                .toString();
    }

    private String begin() {
        return "<form method='POST' enctype='application/x-www-form-urlencoded' action=\"" + Html.text(uri) + "\">\n";
    }

    private String end(String balancer) {
        return hidden("b", balancer) + hidden("nonce", nonce) + "</form>\n";
    }

    private static String row(String label, String field) {
        return "<tr><td>" + label + "</td><td>" + field + "</td></tr>\n";
    }

    private static String text(String name, String value) {
        return "<input name='" + name + "' id='" + name + "' type=text value=\"" + Html.text(value) + "\">";
    }

    private static String hidden(String name, String value) {
        return "<input type=hidden name='" + name + "' id='" + name + "' value=\"" + Html.text(value) + "\">\n";
    }

    private static String option(String value, boolean selected) {
        return "<option value='" + value + "'" + (selected ? " selected" : "") + ">" + value + "</option>\n";
    }

    private static String radio(String name, boolean on) {
        return radio(name, "On", 1, on) + " <br/> " + radio(name, "Off", 0, !on);
    }

    private static String radio(String name, String label, int value, boolean checked) {
        String id = name + value;
        return "<label for='" + id + "'>" + label + "</label> <input name='" + name + "' id='" + id + "' value='"
                + value + "' type=radio" + (checked ? " checked" : "") + ">";
    }
}
