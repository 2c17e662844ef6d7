package org.fairlead.runtime;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.StickyConfig;
import org.fairlead.operations.BalancerChange;

/** One balancer's ordered parameters, which override the configured ones. */
final class BalancerOverride {
    /** The longest cookie name that httpd's manager accepts, in characters. */
    private static final String STICKY = "[^\\s|;,=\"]{1,63}(\\|[^\\s|;,=\"]{1,63})?";

    private BalancerOverride() {}

    /** Returns the part of a change whose parameters are unchanged in the files. */
    static BalancerChange stillMeant(BalancerChange change, BalancerConfig was, BalancerConfig is) {
        return new BalancerChange(
                kept(change.method(), was, is, BalancerConfig::method),
                kept(change.timeout(), was, is, BalancerConfig::timeout),
                was.maxAttempts().equals(is.maxAttempts()) ? change.maxAttempts() : OptionalInt.empty(),
                kept(change.failover(), was, is, BalancerConfig::failover),
                kept(change.sticky(), was, is, BalancerConfig::sticky));
    }

    private static <T> Optional<T> kept(
            Optional<T> value, BalancerConfig was, BalancerConfig is, Function<BalancerConfig, Object> parameter) {
        return parameter.apply(was).equals(parameter.apply(is)) ? value : Optional.empty();
    }

    /**
     * Returns the balancer with a change laid over it and members added.
     *
     * @throws IllegalArgumentException if a value is out of range; the message names the parameter
     */
    static BalancerConfig apply(
            BalancerConfig config,
            BalancerChange change,
            List<MemberConfig> added,
            UnaryOperator<MemberConfig> members) {
        return new BalancerConfig(
                config.name(),
                config.standalone(),
                Stream.concat(config.members().stream(), added.stream())
                        .map(members)
                        .toList(),
                change.method().orElse(config.method()),
                change.sticky().isPresent() ? sticky(change.sticky().get(), config.sticky()) : config.sticky(),
                change.failover().orElse(config.failover()),
                change.maxAttempts().isPresent() ? change.maxAttempts() : config.maxAttempts(),
                config.forceRecovery(),
                config.failOnStatus(),
                config.failOnTimeout(),
                change.timeout().orElse(config.timeout()),
                config.growth() - added.size(),
                config.nonce(),
                config.slowStart(),
                config.ejection(),
                config.retryBudgetPercent(),
                config.hashKey(),
                config.source());
    }

    private static Optional<StickyConfig> sticky(String names, Optional<StickyConfig> before) {
        if (names.equals("-")) {
            return before.flatMap(StickyConfig::mintedCookie)
                    .map(minted -> new StickyConfig(
                            "", "", before.get().separator(), before.get().semicolonEndsPath(), Optional.of(minted)));
        }
        if (!names.matches(STICKY)) {
            throw new IllegalArgumentException(
                    "stickysession '" + names + "' (expected: COOKIE, COOKIE|PARAMETER, or - for none)");
        }
        String[] parts = names.split("\\|", 2);
        return Optional.of(new StickyConfig(
                parts[0],
                parts[parts.length - 1],
                before.isPresent() ? before.get().separator() : Optional.of('.'),
                before.map(StickyConfig::semicolonEndsPath).orElse(false),
                before.flatMap(StickyConfig::mintedCookie)));
    }

    /** Returns the member with another health check. */
    static MemberConfig withHealth(MemberConfig member, Optional<HealthCheckConfig> check) {
        return new MemberConfig(
                member.name(),
                member.address(),
                member.path(),
                member.loadFactorHundredths(),
                member.lbset(),
                member.route(),
                member.redirect(),
                member.status(),
                member.retry(),
                member.upgrade(),
                member.resolve(),
                member.pool(),
                check,
                member.tls(),
                member.source());
    }
}
