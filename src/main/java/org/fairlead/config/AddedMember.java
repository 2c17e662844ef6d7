package org.fairlead.config;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.model.MemberTlsConfig;
import org.fairlead.model.PoolConfig;
import org.fairlead.model.Source;

/** A member that an operator adds while Fairlead runs ({@code growth}). */
public final class AddedMember {
    private static final int MAX_URL = 255;
    private static final MemberConfig DEFAULT = MemberConfig.of("localhost", 80);

    private AddedMember() {}

    /**
     * Reads its URL as {@code BalancerMember} does. It starts disabled, as in httpd's manager; timeouts, pool and trust
     * are those of the balancer's first member, or the defaults where there is none.
     *
     * @throws IllegalArgumentException if that is no member's URL; the message says what is expected
     */
    public static MemberConfig of(String url, BalancerConfig balancer) {
        if (url.length() > MAX_URL) {
            throw new IllegalArgumentException("a URL of at most " + MAX_URL + " characters");
        }
        MemberUrl parsed = MemberUrl.parse(url, false);
        Optional<MemberConfig> first = balancer.members().stream().findFirst();
        return new MemberConfig(
                parsed.toString(),
                parsed.address(),
                parsed.basePath(),
                100,
                0,
                "",
                "",
                EnumSet.of(StatusFlag.DISABLED),
                first.map(MemberConfig::retry).orElse(DEFAULT.retry()),
                parsed.isWebSocket()
                        ? List.of("websocket")
                        : first.map(MemberConfig::upgrade).orElse(List.of()),
                MemberConfig.Resolve.OFF,
                first.map(MemberConfig::pool).orElse(PoolConfig.DEFAULTS),
                Optional.empty(),
                first.map(MemberConfig::tls).orElse(MemberTlsConfig.DEFAULTS),
                new Source("manager", 0));
    }
}
