package org.fairlead.operations;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.fairlead.balancer.AdminState;
import org.fairlead.model.MemberConfig.StatusFlag;

/**
 * A change of a member; an empty component stays unchanged.
 *
 * @param flags status flags to be set (true) or cleared, of {@code D S I R H N}
 * @param loadFactorHundredths {@code loadfactor} × 100: 100 to 10000
 * @param lbset 0 to 99
 * @param route at most 95 characters; an empty text clears it
 * @param redirect the same
 * @param health parameters of the health check
 */
public record MemberChange(
        Map<StatusFlag, Boolean> flags,
        OptionalInt loadFactorHundredths,
        OptionalInt lbset,
        Optional<String> route,
        Optional<String> redirect,
        HealthChange health) {
    /** Changes nothing. */
    public static final MemberChange NONE = new MemberChange(
            Map.of(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(), HealthChange.NONE);

    public MemberChange {
        flags = Map.copyOf(flags);
    }

    /** Returns the change of one flag and nothing else. */
    public static MemberChange flag(StatusFlag flag, boolean on) {
        return new MemberChange(
                Map.of(flag, on),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                HealthChange.NONE);
    }

    /** Returns the change in words; the flags by their letters. */
    public String words() {
        OrderWords words = new OrderWords();
        flags.forEach(words::flag);
        words.value(
                        "loadfactor",
                        loadFactorHundredths.isPresent()
                                ? Optional.of(loadFactorHundredths.getAsInt() / 100.0)
                                : Optional.empty())
                .number("lbset", lbset)
                .value("route", route)
                .value("redirect", redirect)
                .value("hcmethod", health.off() ? Optional.of("none") : health.method())
                .value("hcinterval", health.interval())
                .number("hcpasses", health.passes())
                .number("hcfails", health.fails())
                .value("hcuri", health.uri());
        return words.toString();
    }

    /**
     * Returns what is wanted of a member when this is put over what is wanted now.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public AdminState appliedTo(AdminState orders) {
        AdminState next = orders;
        for (var flag : flags.entrySet()) {
            next = next.with(flag.getKey(), flag.getValue());
        }
        next = next.withLoadFactor(loadFactorHundredths.orElse(next.loadFactorHundredths()));
        next = next.withLbset(lbset.orElse(next.lbset()));
        next = next.withRoute(route.orElse(next.route()));
        return next.withRedirect(redirect.orElse(next.redirect()));
    }
}
