package org.fairlead.api;

import java.time.Duration;

/** The parameters of one {@code BalancerMember}. Values are checked when the configuration is made. Not thread-safe. */
public final class MemberBuilder {
    private final Parameters parameters = new Parameters();

    MemberBuilder(String url) {
        parameters.add("url", url);
    }

    /** Names the member in sessions: {@code route}. */
    public MemberBuilder route(String route) {
        return set("route", route);
    }

    /** Sets the share of requests relative to other members, 1 to 100: {@code loadfactor}. */
    public MemberBuilder loadfactor(double loadfactor) {
        return set("loadfactor", Double.toString(loadfactor).replaceFirst("\\.0$", ""));
    }

    /** Sets status flags such as {@code +H} for a standby: {@code status}. */
    public MemberBuilder status(String flags) {
        return set("status", flags);
    }

    /** Limits the silence of the member, in milliseconds as in {@code timeout=500ms}. */
    public MemberBuilder timeout(Duration timeout) {
        return set("timeout", timeout.toMillis() + "ms");
    }

    /** Sets any other parameter of {@code BalancerMember}, such as {@code hcmethod}. */
    public MemberBuilder set(String parameter, String value) {
        parameters.add(parameter, value);
        return this;
    }

    String json() {
        return parameters.json();
    }
}
