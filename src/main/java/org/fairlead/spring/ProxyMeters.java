package org.fairlead.spring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.Member;
import org.fairlead.engine.ExchangeObserver;
import org.fairlead.route.Match;
import org.fairlead.spring.EmbeddedProxies.EmbeddedProxy;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Meters in the application's registry: {@code fairlead.requests}, a timer of every request with proxy, balancer, member
 * and status, and for each balancer {@code fairlead.members}, {@code fairlead.members.usable} and {@code
 * fairlead.busy}. A balancer that a reload adds has its gauges from its first request on. Thread-safe.
 */
final class ProxyMeters implements ApplicationListener<ApplicationReadyEvent> {
    private static final String UNKNOWN = "none";

    private final ObjectProvider<MeterRegistry> registry;
    private final EmbeddedProxies proxies;
    private final Set<String> gauged = ConcurrentHashMap.newKeySet();

    ProxyMeters(ObjectProvider<MeterRegistry> registry, EmbeddedProxies proxies) {
        this.registry = registry;
        this.proxies = proxies;
    }

    /** Has the requests of a proxy that has not started yet counted. */
    void observe(EmbeddedProxy proxy) {
        proxy.fairlead().observedBy(() -> new Observed(proxy));
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        proxies.all()
                .forEach(proxy -> proxy.fairlead()
                        .operations()
                        .ifPresent(running -> running.snapshot().balancers().forEach(one -> gauge(proxy, one.name()))));
    }

    private void gauge(EmbeddedProxy proxy, String balancer) {
        if (gauged.add(proxy.name() + " " + balancer)) {
            gauge("fairlead.members", proxy, balancer, one -> one.members().size());
            gauge("fairlead.members.usable", proxy, balancer, EmbeddedProxies::usable);
            gauge(
                    "fairlead.busy",
                    proxy,
                    balancer,
                    one -> one.members().stream()
                            .mapToInt(member -> member.load().busy())
                            .sum());
        }
    }

    private void gauge(String name, EmbeddedProxy proxy, String balancer, ToDoubleFunction<BalancerSnapshot> value) {
        registry.ifAvailable(found -> Gauge.builder(
                        name,
                        () -> proxy.fairlead()
                                .operations()
                                .flatMap(running -> running.snapshot().balancer(balancer))
                                .map(value::applyAsDouble)
                                .orElse(Double.NaN))
                .tag("proxy", proxy.name())
                .tag("balancer", balancer)
                .register(found));
    }

    /** One request. */
    private final class Observed implements ExchangeObserver {
        private final EmbeddedProxy proxy;
        private String balancer = UNKNOWN;
        private String member = UNKNOWN;

        Observed(EmbeddedProxy proxy) {
            this.proxy = proxy;
        }

        @Override
        public void forwarded(Balancer to, Match.Forward forward) {
            balancer = to.config().name();
            gauge(proxy, balancer);
        }

        @Override
        public void attempted(Member next, long queuedNanos) {
            member = next.id();
        }

        @Override
        public void ended(int status, long bytes, long nanos) {
            registry.ifAvailable(found -> found.timer(
                            "fairlead.requests",
                            "proxy",
                            proxy.name(),
                            "balancer",
                            balancer,
                            "member",
                            member,
                            "status",
                            Integer.toString(status))
                    .record(nanos, TimeUnit.NANOSECONDS));
        }
    }
}
