package org.fairlead.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.config.SecretMask;
import org.fairlead.operations.DrainSnapshot;
import org.fairlead.operations.HostSnapshot;
import org.fairlead.operations.RouteSnapshot;
import org.fairlead.operations.ServerSnapshot;

/** The API's representation of a snapshot. */
final class ApiReads {
    private final ServerSnapshot seen;

    ApiReads(ServerSnapshot seen) {
        this.seen = seen;
    }

    Map<String, Object> index(List<String> resources) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("fairlead", seen.process().version());
        json.put("now", seen.process().now());
        json.put("started", seen.process().started());
        json.put("resources", resources);
        Map<String, Object> workers = new LinkedHashMap<>();
        workers.put("limit", seen.workers().limit());
        workers.put("active", seen.workers().active());
        workers.put("tunnels", seen.workers().tunnels());
        json.put("workers", workers);
        return json;
    }

    List<Map<String, Object>> balancers() {
        return seen.balancers().stream().map(this::balancer).toList();
    }

    Map<String, Object> balancer(BalancerSnapshot balancer) {
        return MemberJson.of(seen, balancer);
    }

    Map<String, Object> member(BalancerSnapshot balancer, MemberSnapshot member) {
        return MemberJson.of(balancer.name(), member, seen.pool(balancer.name(), member.id()));
    }

    /** All members of all balancers, and behind them those that are leaving. */
    List<Map<String, Object>> members() {
        List<Map<String, Object>> all = new java.util.ArrayList<>();
        seen.balancers().forEach(balancer -> balancer.members().forEach(one -> all.add(member(balancer, one))));
        seen.leaving().forEach(left -> {
            Map<String, Object> json =
                    MemberJson.of(left.balancer(), left.member(), org.fairlead.operations.PoolSnapshot.NONE);
            json.put("leavingSince", left.since());
            all.add(json);
        });
        return all;
    }

    List<Map<String, Object>> hosts() {
        return seen.hosts().stream()
                .map(host -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("name", host.name());
                    json.put("aliases", host.aliases());
                    json.put(
                            "addresses",
                            host.addresses().stream().map(Object::toString).toList());
                    json.put("source", host.source().toString());
                    json.put("active", host.active());
                    json.put("refused", host.refused());
                    json.put("traffic", MemberJson.traffic(host.traffic()));
                    return json;
                })
                .toList();
    }

    List<Map<String, Object>> routes() {
        return seen.hosts().stream()
                .flatMap(host -> host.routes().stream().map(route -> route(host, route)))
                .toList();
    }

    private static Map<String, Object> route(HostSnapshot host, RouteSnapshot route) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("host", host.name());
        json.put("path", route.path());
        json.put("balancer", route.balancer());
        json.put("source", route.source().toString());
        json.put("traffic", MemberJson.traffic(route.traffic()));
        return json;
    }

    List<Map<String, Object>> listeners() {
        return seen.listeners().stream()
                .map(listener -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("url", listener.url());
                    json.put("connections", listener.connections());
                    json.put("requests", listener.requests());
                    json.put("responses", MemberJson.responses(listener.responses()));
                    json.put("bytes", listener.bytes());
                    return json;
                })
                .toList();
    }

    List<Map<String, Object>> certificates() {
        return seen.certificates().stream()
                .map(certificate -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("host", certificate.host());
                    json.put("file", certificate.file());
                    json.put("subject", certificate.subject());
                    json.put("issuer", certificate.issuer());
                    json.put("names", certificate.names());
                    json.put("notBefore", certificate.notBefore());
                    json.put("notAfter", certificate.notAfter());
                    json.put("source", certificate.source().toString());
                    return json;
                })
                .toList();
    }

    Map<String, Object> reload() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("successful", seen.reload().successful());
        json.put("lastAttempt", seen.reload().lastAttempt());
        json.put("lastSuccess", seen.reload().lastSuccess());
        json.put("problems", seen.reload().problems());
        json.put("successes", seen.reload().successes());
        json.put("refusals", seen.reload().refusals());
        return json;
    }

    static Map<String, Object> drain(DrainSnapshot drain) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("balancer", drain.balancer());
        json.put("member", drain.member());
        json.put("state", drain.state().name().toLowerCase(Locale.ROOT));
        json.put("author", drain.origin().author());
        json.put("reason", drain.origin().reason());
        json.put("since", drain.origin().at());
        json.put("until", drain.order().until());
        json.put("then", drain.order().then().name().toLowerCase(Locale.ROOT));
        json.put("idle", drain.order().idle());
        json.put("busy", drain.busy());
        json.put("sessions", drain.sessions());
        json.put("exact", drain.exact());
        json.put("lastNewSession", drain.lastNew());
        json.put("perMinute", Math.round(drain.perMinute() * 10) / 10.0);
        json.put("expectedEnd", drain.expectedEnd());
        return json;
    }

    /** The configuration in the native form, with secrets masked. */
    static Map<String, Object> config(String yaml) {
        return Map.of("format", "yaml", "text", SecretMask.apply(yaml));
    }
}
