package org.fairlead.route;

/** The match of a host's routes for one request target. */
public sealed interface Match {
    /** Declined: not for any member, but local content, or 404. */
    record Declined(Reason reason) implements Match {}

    /** Why nothing is forwarded. */
    enum Reason {
        /** A {@code ProxyPass … !} excludes it. */
        EXCLUDED,
        /** No route is for this path. */
        UNMATCHED
    }

    /**
     * To be forwarded.
     *
     * @param balancer a key of {@link org.fairlead.model.ProxyConfig#balancers()}
     * @param target path and query to be appended to the member's own path, with {@link MemberPath#join}; for a
     *     standalone member it may lack the leading slash or be empty
     * @param route the path or expression of the {@code ProxyPass}, as written; {@link #REWRITTEN} where a rewrite rule
     *     proxies
     */
    record Forward(String balancer, String target, String route) implements Match {
        /** The route of requests that {@code RewriteRule … [P]} proxies. */
        public static final String REWRITTEN = "RewriteRule";
    }

    Match EXCLUDED = new Declined(Reason.EXCLUDED);

    Match UNMATCHED = new Declined(Reason.UNMATCHED);
}
