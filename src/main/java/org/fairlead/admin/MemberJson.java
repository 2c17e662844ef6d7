package org.fairlead.admin;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.fairlead.balancer.AdminState;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.counters.LatencyDistribution;
import org.fairlead.counters.ResponseCounts;
import org.fairlead.counters.TrafficSnapshot;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.operations.PoolSnapshot;
import org.fairlead.operations.ServerSnapshot;

/** The JSON of balancers and members in the API: httpd's names and units, orders and state separate. */
final class MemberJson {
    private MemberJson() {}

    /** The orders of a member, with the keys of {@code set}. */
    static Map<String, Object> orders(MemberSnapshot member) {
        AdminState orders = member.orders();
        Map<String, Object> json = new LinkedHashMap<>();
        for (StatusFlag flag : ApiSet.FLAGS.values()) {
            json.put(ApiSet.word(flag), orders.flags().contains(flag));
        }
        json.put(
                "loadfactor",
                java.math.BigDecimal.valueOf(orders.loadFactorHundredths(), 2).stripTrailingZeros());
        json.put("lbset", orders.lbset());
        json.put("route", orders.route());
        json.put("redirect", orders.redirect());
        member.config().health().ifPresent(check -> json.putAll(health(check)));
        return json;
    }

    private static Map<String, Object> health(HealthCheckConfig check) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("hcmethod", check.method());
        json.put("hcinterval", check.interval());
        json.put("hcpasses", check.passes());
        json.put("hcfails", check.fails());
        json.put("hcuri", check.uri());
        return json;
    }

    /** The orders of a balancer. */
    static Map<String, Object> orders(BalancerSnapshot balancer) {
        BalancerConfig config = balancer.config();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lbmethod", config.method().name().toLowerCase(Locale.ROOT));
        json.put("timeout", config.timeout());
        json.put("maxattempts", balancer.maxAttempts());
        json.put("nofailover", !config.failover());
        json.put(
                "stickysession",
                config.sticky()
                        .map(sticky -> sticky.cookie().equals(sticky.parameter())
                                ? sticky.cookie()
                                : sticky.cookie() + "|" + sticky.parameter()));
        return json;
    }

    /** The entity tag of a member's orders: it changes with each of them, and with nothing else. */
    static String tag(MemberSnapshot member) {
        return tag(List.of(orders(member), member.origin().at().toString()));
    }

    /** The entity tag of a balancer's orders and of its members'. */
    static String tag(BalancerSnapshot balancer) {
        return tag(List.of(
                orders(balancer),
                balancer.members().stream().map(MemberJson::tag).toList()));
    }

    /** A strong entity tag (RFC 9110 8.8.3) of a value. */
    static String tag(Object value) {
        CRC32 sum = new CRC32();
        String text = org.fairlead.http.Json.of(value);
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return "\"" + Long.toHexString(sum.getValue()) + Integer.toHexString(text.hashCode()) + "\"";
    }

    static Map<String, Object> of(ServerSnapshot seen, BalancerSnapshot balancer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", balancer.name());
        json.put("standalone", balancer.config().standalone());
        json.put("source", balancer.config().source().toString());
        json.put("orders", orders(balancer));
        json.put("usable", balancer.usable());
        json.put("growth", balancer.config().growth());
        Map<String, Object> queue = new LinkedHashMap<>();
        queue.put("waiting", balancer.queue().waiting());
        queue.put("waits", latency(balancer.queue().waits()));
        queue.put("rejectedFull", balancer.queue().rejectedFull());
        queue.put("rejectedNoMember", balancer.queue().rejectedNoMember());
        json.put("queue", queue);
        json.put(
                "retries",
                Map.of(
                        "made",
                        balancer.retries().made(),
                        "denied",
                        balancer.retries().denied()));
        json.put(
                "members",
                balancer.members().stream()
                        .map(member -> of(balancer.name(), member, seen.pool(balancer.name(), member.id())))
                        .toList());
        return json;
    }

    static Map<String, Object> of(String balancer, MemberSnapshot member, PoolSnapshot pool) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", member.id());
        json.put("name", member.name());
        json.put("balancer", balancer);
        json.put("source", member.config().source().toString());
        json.put("orders", orders(member));
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("author", member.origin().author());
        origin.put("reason", member.origin().reason());
        origin.put("at", member.origin().at());
        json.put("ordered", origin);
        json.put("status", member.status().words());
        json.put("usable", member.status().isUsable());
        json.put("since", member.change().at());
        json.put("cause", member.change().cause());
        json.put("inErrorFor", member.recovery().inErrorFor());
        json.put("dueIn", member.recovery().dueIn());
        json.put("changes", member.recovery().changes());
        json.put("busy", member.load().busy());
        json.put("elected", member.load().elected());
        json.put("electedBySession", member.load().electedBySession());
        json.put("lbstatus", member.load().lbstatus());
        json.put("bytesTo", member.load().to());
        json.put("bytesFrom", member.load().from());
        json.put("latency", member.load().latency());
        json.put("traffic", traffic(member.traffic()));
        json.put("probes", probes(member));
        json.put("connections", pool(pool));
        return json;
    }

    private static Map<String, Object> probes(MemberSnapshot member) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("passed", member.probes().passed());
        json.put("failed", member.probes().failed());
        member.probes().last().ifPresent(last -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("passed", last.passed());
            one.put("at", last.at());
            one.put("duration", last.duration());
            one.put("detail", last.detail());
            json.put("last", one);
        });
        return json;
    }

    private static Map<String, Object> pool(PoolSnapshot pool) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("idle", pool.idle());
        json.put("busy", pool.busy());
        json.put("opened", pool.opened());
        json.put("dropped", pool.dropped());
        return json;
    }

    /** Responses by class, failures by kind, durations and bytes. */
    static Map<String, Object> traffic(TrafficSnapshot traffic) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("requests", traffic.requests());
        json.put("responses", responses(traffic.responses()));
        json.put("durations", latency(traffic.durations()));
        json.put(
                "failures",
                traffic.failures().stream()
                        .map(failure -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("kind", failure.kind());
                            one.put("count", failure.count());
                            one.put("last", failure.lastText());
                            one.put("at", failure.lastAt());
                            return one;
                        })
                        .toList());
        json.put("bytes", traffic.bytes());
        return json;
    }

    static Map<String, Object> responses(ResponseCounts counts) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("1xx", counts.informational());
        json.put("2xx", counts.success());
        json.put("3xx", counts.redirection());
        json.put("4xx", counts.clientError());
        json.put("5xx", counts.serverError());
        return json;
    }

    static Map<String, Object> latency(LatencyDistribution durations) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("count", durations.count());
        json.put("mean", durations.mean());
        json.put("p50", durations.quantile(0.5));
        json.put("p99", durations.quantile(0.99));
        return json;
    }
}
