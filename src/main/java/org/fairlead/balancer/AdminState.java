package org.fairlead.balancer;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.MemberConfig.StatusFlag;

/**
 * A member's administrative state: what the configuration says, or what an operator changed since in the console. It is
 * one of the two axes of a member's status. The other is what was observed, which is never stored here.
 *
 * @param loadFactorHundredths {@code loadfactor} × 100: 100 to 10000
 * @param lbset 0 to 99
 * @param route at most 95 characters; empty = none
 * @param redirect at most 95 characters; empty = none
 * @param flags those of {@code D S I R H N} that are set
 */
public record AdminState(int loadFactorHundredths, int lbset, String route, String redirect, Set<StatusFlag> flags) {
    private static final Set<StatusFlag> OBSERVED = EnumSet.of(StatusFlag.ERROR, StatusFlag.HEALTH_CHECK_FAILED);

    public AdminState {
        range("loadfactor × 100", loadFactorHundredths, 100, 10_000);
        range("lbset", lbset, 0, 99);
        length("route", route);
        length("redirect", redirect);
        for (StatusFlag flag : flags) {
            if (OBSERVED.contains(flag)) {
                throw new IllegalArgumentException(
                        "status '" + flag.letter() + "' (expected: D, S, I, R, H or N; E and C are observed)");
            }
        }
        flags = flags.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(flags));
    }

    /**
     * The state of the configuration file. Its E and C flags are the initial observed state and no administrative
     * state.
     */
    public static AdminState of(MemberConfig config) {
        EnumSet<StatusFlag> flags = EnumSet.noneOf(StatusFlag.class);
        flags.addAll(config.status());
        flags.removeAll(OBSERVED);
        return new AdminState(config.loadFactorHundredths(), config.lbset(), config.route(), config.redirect(), flags);
    }

    /** Returns this state with one flag set or cleared. */
    public AdminState with(StatusFlag flag, boolean on) {
        EnumSet<StatusFlag> changed = EnumSet.noneOf(StatusFlag.class);
        changed.addAll(flags);
        if (on) {
            changed.add(flag);
        } else {
            changed.remove(flag);
        }
        return new AdminState(loadFactorHundredths, lbset, route, redirect, changed);
    }

    public AdminState withLoadFactor(int hundredths) {
        return new AdminState(hundredths, lbset, route, redirect, flags);
    }

    public AdminState withLbset(int set) {
        return new AdminState(loadFactorHundredths, set, route, redirect, flags);
    }

    public AdminState withRoute(String name) {
        return new AdminState(loadFactorHundredths, lbset, name, redirect, flags);
    }

    public AdminState withRedirect(String name) {
        return new AdminState(loadFactorHundredths, lbset, route, name, flags);
    }

    private static void range(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(key + " '" + value + "' (expected: " + min + " to " + max + ")");
        }
    }

    private static void length(String key, String value) {
        if (value.length() > 95) {
            throw new IllegalArgumentException(key + " '" + value + "' (expected: at most 95 characters)");
        }
    }
}
