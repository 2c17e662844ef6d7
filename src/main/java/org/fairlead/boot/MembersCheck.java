package org.fairlead.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairlead.balancer.Member;
import org.fairlead.config.ConfigException;
import org.fairlead.config.Problem;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.ProxyConfig;
import org.fairlead.upstream.PooledUpstream;

/** Check of what only the adapter to the members can judge: their certificates, ciphers and protocols. */
final class MembersCheck {
    private MembersCheck() {}

    /** @throws ConfigException with every member that cannot be set up; none is connected to */
    static void run(ProxyConfig config) throws ConfigException {
        List<Problem> problems = new ArrayList<>();
        try (PooledUpstream upstream = new PooledUpstream()) {
            for (BalancerConfig balancer : config.balancers().values()) {
                for (MemberConfig member : balancer.members()) {
                    try {
                        upstream.prepare(new Member(member, Optional.empty()));
                    } catch (IllegalArgumentException e) {
                        problems.add(new Problem(Problem.Severity.ERROR, member.source(), e.getMessage()));
                    }
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
