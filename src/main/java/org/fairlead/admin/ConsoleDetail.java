package org.fairlead.admin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.balancer.MemberStatus;
import org.fairlead.balancer.ProbeResult;
import org.fairlead.model.BalancerConfig.Method;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.operations.PoolSnapshot;
import org.fairlead.operations.ServerSnapshot;

/** The pages of one balancer and of one member: facts, charts, and the orders that can be given. */
record ConsoleDetail(ServerSnapshot seen, ConsoleRecorder recorder, BalancerSnapshot balancer) {
    private static final String SUBMIT = "<div><button type=\"submit\">Look at the change…</button></div></form>";

    String balancerBody() {
        StringBuilder out = new StringBuilder("<p><a href=\"?\">Everything</a></p><h1>")
                .append(Html.text(ConsoleText.balancer(balancer.name())))
                .append("</h1><dl class=\"plain facts-of\">");
        fact(out, "Configured in", Html.text(balancer.config().source().toString()));
        fact(out, "Method", Html.text(ManagerPage.method(balancer)));
        fact(
                out,
                "Sessions",
                Html.text(balancer.config().sticky().map(ManagerPage::names).orElse("not sticky")));
        fact(out, "Usable", balancer.usable() + " of " + balancer.members().size());
        fact(
                out,
                "Queue",
                balancer.queue().waiting() + " waiting; refused since the start: "
                        + balancer.queue().rejectedFull() + " as all were full, "
                        + balancer.queue().rejectedNoMember() + " as none was usable");
        fact(
                out,
                "Second attempts",
                balancer.retries().made().values().stream()
                                .mapToLong(Long::longValue)
                                .sum()
                        + " made, " + balancer.retries().denied() + " denied by retrybudget");
        out.append("</dl><h2>Members</h2>")
                .append(new ConsoleOverview(seen, recorder, List.of()).members(balancer))
                .append(charts(recorder.balancer(balancer.name())));
        if (!balancer.config().standalone()) {
            out.append("<h2>Change it</h2>").append(balancerForm());
            out.append(addForm());
        }
        return out.toString();
    }

    String memberBody(MemberSnapshot member) {
        ConsoleMember shown = new ConsoleMember(seen, balancer, member);
        StringBuilder out = new StringBuilder(
                        "<p><a href=\"?\">Everything</a> · <a href=\"" + ConsolePage.link(balancer.name()) + "\">")
                .append(Html.text(ConsoleText.balancer(balancer.name())))
                .append("</a></p><h1>")
                .append(Html.text(member.id()))
                .append("</h1><dl class=\"plain facts-of\">");
        fact(out, "State", ConsoleState.observed(member).tag());
        fact(out, "Order", ConsoleState.order(member).tag() + shown.reason());
        fact(out, "httpd’s words", Html.text(member.status().words()));
        fact(out, "Since", shown.since());
        fact(out, "Takes", takes(member.status()));
        PoolSnapshot pool = seen.pool(balancer.name(), member.id());
        fact(
                out,
                "Connections",
                pool.busy() + " busy, " + pool.idle() + " idle, " + ConsoleText.count(pool.opened()) + " opened, "
                        + ConsoleText.count(pool.dropped()) + " dropped as stale");
        fact(
                out,
                "Chosen",
                ConsoleText.count(member.load().elected()) + " times, "
                        + ConsoleText.count(member.load().electedBySession()) + " of them by session");
        fact(
                out,
                "Bytes",
                ConsoleText.bytes(member.load().to()) + " to it, "
                        + ConsoleText.bytes(member.load().from()) + " from it");
        fact(out, "Health check", probes(member));
        fact(out, "Last error", shown.lastError());
        fact(out, "Configured in", Html.text(member.config().source().toString()));
        return out.append("</dl>")
                .append("<h2>Orders</h2>")
                .append(orders(member))
                .append(charts(recorder.member(balancer.name(), member.id())))
                .append("<h2>Change it</h2>")
                .append(memberForm(member))
                .toString();
    }

    private static void fact(StringBuilder out, String name, String html) {
        if (!html.isEmpty()) {
            out.append("<dt>" + name + "</dt><dd>" + html + "</dd>");
        }
    }

    private static String takes(MemberStatus status) {
        if (!status.isUsable()) {
            return "nothing";
        }
        if (status.isDraining()) {
            return "its own sessions, nothing new";
        }
        if (status.isStandby()) {
            return "its own sessions; new requests while its set has no other usable member";
        }
        return status.isSpare()
                ? "its own sessions; new requests in the place of a member that is not usable"
                : "new requests and its own sessions";
    }

    private String probes(MemberSnapshot member) {
        if (member.config().health().isEmpty()) {
            return "none";
        }
        String last = member.probes()
                .last()
                .map(probe -> ", the last " + (probe.passed() ? "passed " : "failed ")
                        + ConsoleText.ago(probe.at(), seen.process().now()) + " in "
                        + ConsoleText.millis(probe.duration().toNanos() / 1e6f) + detail(probe))
                .orElse("");
        return Html.text(member.config().health().get().method().name()) + ": "
                + member.probes().passed() + " passed, " + member.probes().failed() + " failed" + last;
    }

    private static String detail(ProbeResult probe) {
        return probe.detail().isEmpty() ? "" : ": " + Html.text(ConsoleState.plain(probe.detail()));
    }

    private static String charts(ConsoleSeries series) {
        ConsoleChart seconds =
                new ConsoleChart("s", series.seconds(), ConsoleSeries.SECONDS, ConsoleChart.Unit.SECONDS);
        ConsoleChart minutes =
                new ConsoleChart("m", series.minutes(), ConsoleSeries.MINUTES, ConsoleChart.Unit.MINUTES);
        return "<h2>Ten minutes</h2><div class=\"charts\">" + seconds.classes() + seconds.times() + seconds.load()
                + "</div>" + seconds.table() + "<h2>A day</h2><div class=\"charts\">" + minutes.classes()
                + minutes.times() + minutes.load() + "</div>" + minutes.table();
    }

    private String orders(MemberSnapshot member) {
        var flags = member.orders().flags();
        List<ConsoleOrder> offered = new ArrayList<>();
        offer(offered, member.status().isOutOfService() || member.status().isDraining(), ConsoleOrder.ENABLE);
        offer(offered, !flags.contains(StatusFlag.DRAIN), ConsoleOrder.DRAIN);
        offer(offered, !flags.contains(StatusFlag.DISABLED), ConsoleOrder.DISABLE);
        offer(offered, !flags.contains(StatusFlag.STOPPED), ConsoleOrder.STOP);
        if (!balancer.config().standalone()) {
            boolean standby = flags.contains(StatusFlag.STANDBY);
            boolean spare = flags.contains(StatusFlag.SPARE);
            offered.add(standby ? ConsoleOrder.NO_STANDBY : ConsoleOrder.STANDBY);
            offered.add(spare ? ConsoleOrder.NO_SPARE : ConsoleOrder.SPARE);
        }
        offered.add(flags.contains(StatusFlag.IGNORE_ERRORS) ? ConsoleOrder.HEED_ERRORS : ConsoleOrder.IGNORE_ERRORS);
        offer(offered, isAdded(member), ConsoleOrder.REMOVE);
        StringBuilder out = new StringBuilder("<ul class=\"orders\">");
        for (ConsoleOrder order : offered) {
            out.append("<li><h3>" + order.title() + "</h3><p>" + Html.text(order.effect())
                            + "</p><a class=\"button\" href=\"")
                    .append(ConsolePage.link(balancer.name(), member.id()) + "&amp;do=" + order.word())
                    .append("\">" + order.title() + "…</a></li>");
        }
        return out.append("</ul>").toString();
    }

    private static void offer(List<ConsoleOrder> offered, boolean when, ConsoleOrder order) {
        if (when) {
            offered.add(order);
        }
    }

    /** Whether an order has added the member, so that one can remove it; configured ones have a configuration line. */
    private static boolean isAdded(MemberSnapshot member) {
        return member.config().source().line() == 0;
    }

    private String memberForm(MemberSnapshot member) {
        Map<String, String> values = ConsoleRequest.values(member);
        return begin("set")
                + hidden("m", member.id())
                + field("w_lf", "Load factor, 1 to 100", values)
                + field("w_ls", "Set (lbset), 0 to 99", values)
                + field("w_wr", "Route", values)
                + field("w_rr", "Redirect", values)
                + choice("w_hm", "Health check (hcmethod)", healthMethods(), values)
                + field("w_hi", "Interval (hcinterval), ms", values)
                + field("w_hp", "Passes to be up (hcpasses)", values)
                + field("w_hf", "Fails to be out (hcfails)", values)
                + field("w_hu", "Path (hcuri)", values)
                + SUBMIT;
    }

    private static List<String> healthMethods() {
        return Stream.concat(
                        Stream.of("NONE"),
                        Arrays.stream(HealthCheckConfig.Method.values()).map(Enum::name))
                .toList();
    }

    private static String choice(String name, String label, List<String> words, Map<String, String> values) {
        StringBuilder out = new StringBuilder("<label>" + label + "<select name=\"" + name + "\">");
        words.forEach(word -> out.append("<option" + (word.equals(values.get(name)) ? " selected" : "") + ">")
                .append(Html.text(word))
                .append("</option>"));
        return out.append("</select></label>").toString();
    }

    private String balancerForm() {
        Map<String, String> values = ConsoleRequest.values(balancer);
        List<String> methods = Arrays.stream(Method.values())
                .map(method -> method.name().toLowerCase(Locale.ROOT))
                .toList();
        return begin("set")
                + choice("b_lbm", "Method (lbmethod)", methods, values)
                + field("b_ss", "Sticky session, - for none", values)
                + field("b_max", "Further attempts (maxattempts)", values)
                + field("b_tmo", "Wait for a member (timeout), s", values)
                + SUBMIT;
    }

    private String addForm() {
        int growth = balancer.config().growth();
        return growth < 1
                ? "<p class=\"soft\">Members can be added where growth= leaves room.</p>"
                : "<h2>Add a member</h2>" + begin("add") + field("url", "URL, such as http://10.0.0.7:8080", Map.of())
                        + SUBMIT;
    }

    private String begin(String word) {
        return "<form method=\"get\" action=\"?\" class=\"panel grid\">" + hidden("b", balancer.name())
                + hidden("do", word);
    }

    private static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + Html.text(value) + "\">";
    }

    private static String field(String name, String label, Map<String, String> values) {
        return "<label>" + label + "<input type=\"text\" name=\"" + name + "\" autocomplete=\"off\" value=\""
                + Html.text(values.getOrDefault(name, "")) + "\"></label>";
    }
}
