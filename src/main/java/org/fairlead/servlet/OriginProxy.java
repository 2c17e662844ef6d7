package org.fairlead.servlet;

import java.util.List;
import java.util.Optional;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.ProxyConfig;
import org.fairlead.runtime.ProxyRuntime;

/** Running proxy for one origin, and the names of its members in redirects. Thread-safe. */
final class OriginProxy implements AutoCloseable {
    private final Origin origin;
    private final ProxyRuntime runtime;
    private final RequestLog log;
    private final Optional<ConfigWatch> watch;
    private volatile ProxyConfig config;

    /** @param watch follows the file of a balancer */
    OriginProxy(Origin origin, ProxyConfig config, ProxyRuntime runtime, RequestLog log, Optional<ConfigWatch> watch) {
        this.origin = origin;
        this.config = config;
        this.runtime = runtime;
        this.log = log;
        this.watch = watch;
    }

    ProxyRuntime runtime() {
        return runtime;
    }

    RequestLog log() {
        return log;
    }

    /** Puts a changed configuration in force. @throws IllegalArgumentException if it cannot run */
    void replace(ProxyConfig next) {
        runtime.replace(next);
        config = next;
    }

    /**
     * Rewrites a redirect as the servlet's target URI spells it: a member's URL becomes one of {@code balancer://}.
     * Everything else stays as it is.
     */
    String asTarget(String url) {
        if (!origin.isBalancer()) {
            return url;
        }
        return members().stream()
                .filter(member -> isBelow(url, member))
                .findFirst()
                .map(member -> origin + url.substring(member.length()))
                .orElse(url);
    }

    private List<String> members() {
        BalancerConfig balancer = config.balancers().get(origin.authority());
        return balancer == null
                ? List.of()
                : balancer.members().stream().map(member -> member.name()).toList();
    }

    private static boolean isBelow(String url, String member) {
        return url.regionMatches(true, 0, member, 0, member.length())
                && (url.length() == member.length() || "/?#".indexOf(url.charAt(member.length())) >= 0);
    }

    @Override
    public void close() {
        watch.ifPresent(ConfigWatch::close);
        runtime.close();
    }
}
