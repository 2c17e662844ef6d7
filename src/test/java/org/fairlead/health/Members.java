package org.fairlead.health;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.HealthCheckConfig.Method;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.PoolConfig;

/** Members for tests. */
final class Members {
    private Members() {}

    static HealthCheckConfig check(Method method, Duration interval, int passes, int fails, String expression) {
        return new HealthCheckConfig(method, interval, passes, fails, "", expression, Duration.ofSeconds(1));
    }

    static MemberConfig config(String host, HealthCheckConfig check) {
        MemberConfig plain = MemberConfig.of(host, 8080);
        return with(plain, plain.resolve(), plain.pool(), Optional.of(check));
    }

    static MemberConfig resolved(String host, MemberConfig.Resolve resolve, PoolConfig pool) {
        MemberConfig plain = MemberConfig.of(host, 8080);
        return with(plain, resolve, pool, Optional.empty());
    }

    private static MemberConfig with(
            MemberConfig c, MemberConfig.Resolve resolve, PoolConfig pool, Optional<HealthCheckConfig> health) {
        return new MemberConfig(
                c.name(),
                c.address(),
                c.path(),
                c.loadFactorHundredths(),
                c.lbset(),
                c.route(),
                c.redirect(),
                c.status(),
                c.retry(),
                c.upgrade(),
                resolve,
                pool,
                health,
                c.tls(),
                c.source());
    }

    static Balancer balancer(MemberConfig... members) {
        return new Balancer(BalancerConfig.of("balancer://test", List.of(members)));
    }

    static Member only(Balancer balancer) {
        return balancer.members().get(0);
    }
}
