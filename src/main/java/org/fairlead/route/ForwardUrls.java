package org.fairlead.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.HostConfig;

/**
 * The target URLs of requests, as {@code <Proxy>} sections see them: {@code balancer://name/path} or
 * {@code http://member/path}, decoded and without a query. A path is appended to a name only where some section reads
 * so far. Immutable.
 */
final class ForwardUrls {
    private final Map<String, Base> bases = new HashMap<>();
    private final boolean none;

    /** @param enough whether every section can tell by the beginning alone whether a URL lies in it */
    private record Base(String url, boolean enough) {}

    ForwardUrls(HostConfig host, Map<String, BalancerConfig> balancers) {
        List<UrlRule> rules = host.proxySections().stream().map(UrlRule::of).toList();
        none = rules.isEmpty();
        balancers.forEach((key, balancer) -> {
            String url = base(balancer);
            bases.put(key, new Base(url, rules.stream().allMatch(rule -> rule.isDecidedBy(url))));
        });
    }

    /** A virtual host's own balancer is named {@code name@host}; the operator's sections call it by the first part. */
    private static String base(BalancerConfig balancer) {
        if (balancer.standalone()) {
            return balancer.members().get(0).name();
        }
        int at = balancer.name().indexOf('@');
        return "balancer://" + (at < 0 ? balancer.name() : balancer.name().substring(0, at));
    }

    /** Whether no section is about URLs, so that no caller need ask. */
    boolean knowNone() {
        return none;
    }

    /** Whether any section reads the path of requests that are forwarded there. */
    boolean lookAtPaths(Match.Forward forward) {
        return !bases.get(forward.balancer()).enough();
    }

    String of(Match.Forward forward) {
        Base base = bases.get(forward.balancer());
        return base.enough() ? base.url() : with(forward, LenientReading.decodeOnce(path(forward)));
    }

    /** @param path one reading of the forwarded path */
    String with(Match.Forward forward, String path) {
        String url = bases.get(forward.balancer()).url();
        return url + LenientReading.mergeSlashes(path);
    }

    /** The forwarded path, without the query. */
    static String path(Match.Forward forward) {
        int query = forward.target().indexOf('?');
        return query < 0 ? forward.target() : forward.target().substring(0, query);
    }
}
