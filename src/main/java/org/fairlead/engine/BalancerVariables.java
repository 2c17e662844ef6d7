package org.fairlead.engine;

import org.fairlead.balancer.Affinity;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.exchange.Environment;

/** The environment variables that mod_proxy_balancer exports about a selection, for log formats and header rules. */
final class BalancerVariables {
    private BalancerVariables() {}

    static void set(Environment environment, Balancer balancer, Affinity wish, Member member, boolean routeChanged) {
        if (balancer.config().standalone()) {
            return;
        }
        environment.set("BALANCER_NAME", balancer.url());
        environment.set("BALANCER_WORKER_NAME", member.name());
        environment.set("BALANCER_WORKER_ROUTE", member.config().route());
        wish.sticky().ifPresent(name -> environment.set("BALANCER_SESSION_STICKY", name));
        wish.route().ifPresent(route -> environment.set("BALANCER_SESSION_ROUTE", route));
        if (routeChanged) {
            environment.set("BALANCER_ROUTE_CHANGED", "1");
        } else {
            environment.unset("BALANCER_ROUTE_CHANGED");
        }
    }
}
