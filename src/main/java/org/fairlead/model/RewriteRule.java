package org.fairlead.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One {@code RewriteRule} with the conditions that stand before it.
 *
 * @param pattern regular expression for the path
 * @param negated {@code !}: the rule is for what does not match
 * @param substitution what is made of it; {@code -} = nothing
 * @param flags those that are only there or not
 * @param status the response status of {@code R=}, {@code F} or {@code G}; default 302
 * @param skip {@code S}: rules passed over after this one; 0 = none
 * @param rounds {@code N=}: after so many rounds the request fails
 * @param variables {@code E}: {@code NAME:value}, {@code NAME} or {@code !NAME}, in order
 * @param cookies {@code CO}: {@code name:value:domain…}, in order
 * @param escapes the characters of {@code B=}; empty = all that are not letters or digits
 * @param spared the characters of {@code BNE=}
 * @param conditions in order
 * @param proxy where {@code P} leads
 */
public record RewriteRule(
        String pattern,
        boolean negated,
        String substitution,
        Set<Flag> flags,
        int status,
        int skip,
        int rounds,
        List<String> variables,
        List<String> cookies,
        String escapes,
        String spared,
        List<RewriteCondition> conditions,
        Optional<Proxy> proxy,
        Source source) {
    /** How often {@code N} may start over where {@code N=} says nothing. */
    public static final int DEFAULT_ROUNDS = 32000;

    /** What a rule's third argument says without a value. */
    public enum Flag {
        /** {@code NC}. */
        NO_CASE,
        /** {@code L}, and {@code END}, which is the same where there are no rules for directories. */
        LAST,
        /** {@code C}. */
        CHAIN,
        /** {@code N}. */
        NEXT,
        /** {@code R}. */
        REDIRECT,
        /** {@code F}, {@code G} and {@code R=} with a status that is no redirect. */
        STATUS,
        /** {@code P}. */
        PROXY,
        /** {@code PT}: {@code ProxyPass} is applied to the outcome. */
        PASS_THROUGH,
        /** {@code NE}. */
        NO_ESCAPE,
        /** {@code QSA}. */
        QUERY_APPEND,
        /** {@code QSD}. */
        QUERY_DISCARD,
        /** {@code QSL}. */
        QUERY_LAST,
        /** {@code B}. */
        ESCAPE,
        /** {@code BNP}: a space becomes {@code %20}, not a plus sign. */
        ESCAPE_NO_PLUS,
        /** {@code BCTLS}: only control characters and spaces. */
        ESCAPE_CONTROLS,
        /** {@code UnsafeAllow3F}. */
        ALLOW_3F,
        /** {@code UNC}: slashes at the start are not merged. */
        KEEP_SLASHES
    }

    /**
     * Where {@code P} leads: fixed when the configuration is read, so that no request chooses it.
     *
     * @param balancer {@link BalancerConfig#name()}
     * @param path what is asked for there, behind the member's own path, with variables and back-references
     */
    public record Proxy(String balancer, String path) {}

    public RewriteRule {
        flags = Set.copyOf(flags);
        variables = List.copyOf(variables);
        cookies = List.copyOf(cookies);
        conditions = List.copyOf(conditions);
    }

    /** Returns this rule with a pattern that matches every path, for one whose own matches whatever it is tried on. */
    public RewriteRule matchingAll() {
        return new RewriteRule(
                "^",
                false,
                substitution,
                flags,
                status,
                skip,
                rounds,
                variables,
                cookies,
                escapes,
                spared,
                conditions,
                proxy,
                source);
    }

    public boolean has(Flag flag) {
        return flags.contains(flag);
    }

    /** Whether the path stays as it is. */
    public boolean keepsPath() {
        return substitution.equals("-") || has(Flag.STATUS);
    }
}
