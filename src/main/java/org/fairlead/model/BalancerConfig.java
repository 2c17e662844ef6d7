package org.fairlead.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A group of members that serve the same application ({@code <Proxy balancer://…>}), or a lone member that a
 * {@code ProxyPass} names directly.
 *
 * @param name {@code mycluster} for {@code balancer://mycluster}; for a lone member its URL
 * @param lone a member of its own: no failover, no forced recovery; in error it gives 503 until {@code retry} is over.
 *     As in httpd it has status I by default, so that it is put in error only with {@code status=-I}
 * @param members in configuration order, which decides ties; may be empty (every request gets 503)
 * @param method {@code lbmethod}
 * @param sticky {@code stickysession}; empty = off
 * @param failover false for {@code nofailover=On}: a session's member being out of service means 503
 * @param maxAttempts {@code maxattempts}: further members to try; empty = members − 1
 * @param forceRecovery {@code forcerecovery}, default on: when all members are in error, all are tried again at once
 * @param failOnStatus {@code failonstatus}: statuses that put a member in error after the response was relayed
 * @param failOnTimeout {@code failontimeout}: whether a silent member is put in error
 * @param timeout {@code timeout}: how long to wait for a usable member; zero = not at all
 * @param growth {@code growth}: members that may be added at run time; 0 to 100
 * @param nonce {@code nonce}: the nonce that changes in httpd's manager need; an empty text = none; empty = one that is
 *     new with each start
 * @param slowStart {@code slowstart}: how long a member that joins or returns takes to its full share; zero = off
 * @param ejection outlier ejection; empty = off
 * @param retryBudgetPercent {@code retrybudget}: how many of the recent requests may be second attempts; default 20,
 *     100 = no limit
 * @param hashKey what {@code lbmethod=hash} looks at
 */
public record BalancerConfig(
        String name,
        boolean standalone,
        List<MemberConfig> members,
        Method method,
        Optional<StickyConfig> sticky,
        boolean failover,
        OptionalInt maxAttempts,
        boolean forceRecovery,
        Set<Integer> failOnStatus,
        boolean failOnTimeout,
        Duration timeout,
        int growth,
        Optional<String> nonce,
        Duration slowStart,
        Optional<EjectionConfig> ejection,
        int retryBudgetPercent,
        HashKey hashKey,
        Source source) {

    /** {@code lbmethod}; the configuration's word is the name in lower case. */
    public enum Method {
        BYREQUESTS,
        BYTRAFFIC,
        BYBUSYNESS,
        HEARTBEAT,
        LEASTCONN,
        P2C,
        EWMA,
        HASH
    }

    /**
     * {@code hashkey}: {@code address}, {@code path}, {@code header:NAME} or {@code cookie:NAME}.
     *
     * @param name the field's or cookie's name; empty for the others
     */
    public record HashKey(Kind kind, String name) {
        /** What the key is taken from. */
        public enum Kind {
            ADDRESS,
            PATH,
            HEADER,
            COOKIE
        }

        /** The client's address. */
        public static final HashKey DEFAULT = new HashKey(Kind.ADDRESS, "");
    }

    /**
     * Outlier ejection.
     *
     * @param consecutiveFailures {@code ejectafter}: failures in a row that eject a member; 1 or more
     * @param baseTime {@code ejecttime}: the first ejection's length; each further one is longer by as much
     * @param maxEjectedPercent {@code maxejected}: the most of the members that may be ejected at once; default 50
     * @param panicPercent {@code panicthreshold}: when fewer than this share of the members is usable, health is
     *     ignored rather than sending all to the few; default 0 = never
     */
    public record EjectionConfig(int consecutiveFailures, Duration baseTime, int maxEjectedPercent, int panicPercent) {
        public EjectionConfig {
            Check.atLeast("ejectafter", consecutiveFailures, 1);
            Check.positive("ejecttime", baseTime);
            Check.range("maxejected", maxEjectedPercent, 0, 100);
            Check.range("panicthreshold", panicPercent, 0, 100);
        }
    }

    public BalancerConfig {
        members = List.copyOf(members);
        failOnStatus = Set.copyOf(failOnStatus);
        maxAttempts.ifPresent(n -> Check.atLeast("maxattempts", n, 0));
        Check.notNegative("timeout", timeout);
        Check.range("growth", growth, 0, 100);
        Check.notNegative("slowstart", slowStart);
        Check.range("retrybudget", retryBudgetPercent, 0, 100);
    }

    /** Returns a balancer of these members with httpd's defaults. */
    public static BalancerConfig of(String name, List<MemberConfig> members) {
        return withDefaults(name, false, members, Source.NONE);
    }

    /** Returns the balancer that stands for a member which a route names directly. */
    public static BalancerConfig standalone(MemberConfig member) {
        return standalone(member.name(), member);
    }

    /** The same under a name of its own, where two hosts use one member with different parameters. */
    public static BalancerConfig standalone(String name, MemberConfig member) {
        return withDefaults(name, true, List.of(member), member.source());
    }

    private static BalancerConfig withDefaults(String name, boolean lone, List<MemberConfig> members, Source source) {
        return new BalancerConfig(
                name,
                lone,
                members,
                Method.BYREQUESTS,
                Optional.empty(),
                true,
                OptionalInt.empty(),
                !lone,
                Set.of(),
                false,
                Duration.ZERO,
                0,
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                20,
                HashKey.DEFAULT,
                source);
    }
}
