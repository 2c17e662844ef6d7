package org.fairlead.spring;

import java.util.Optional;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.operations.Operations;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** Health of the proxies: down while one does not run, or has a balancer without a member that may be sent requests. */
final class ProxyHealth extends AbstractHealthIndicator {
    private final EmbeddedProxies proxies;

    ProxyHealth(EmbeddedProxies proxies) {
        super("the proxies could not be asked");
        this.proxies = proxies;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        for (EmbeddedProxies.EmbeddedProxy proxy : proxies.all()) {
            Optional<Operations> running = proxy.fairlead().operations();
            if (running.isEmpty()) {
                builder.down().withDetail(proxy.name(), "not running");
                continue;
            }
            for (BalancerSnapshot balancer : running.get().snapshot().balancers()) {
                int all = balancer.members().size();
                long usable = EmbeddedProxies.usable(balancer);
                builder.withDetail(balancer.name(), usable + " of " + all + " members usable");
                if (usable == 0 && all > 0) {
                    builder.down();
                }
            }
        }
    }
}
