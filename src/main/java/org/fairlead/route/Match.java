package org.fairlead.route;

/** What the routes of a host say to one request target. */
public sealed interface Match {
    /** Not for any member: local content, or 404. */
    record Declined(Reason reason) implements Match {}

    /** Why nothing is forwarded. */
    enum Reason {
        /** A {@code ProxyPass … !} says so. */
        EXCLUDED,
        /** No route is for this path. */
        UNMATCHED
    }

    /**
     * To be forwarded.
     *
     * @param balancer a key of {@link org.fairlead.model.ProxyConfig#balancers()}
     * @param target path and query to put behind the member's own path, with {@link MemberPath#join}; for a lone member
     *     it may lack the leading slash or be empty
     * @param route the path or expression of the {@code ProxyPass}, as written; {@link #REWRITTEN} where a rewrite rule
     *     proxies
     */
    record Forward(String balancer, String target, String route) implements Match {
        /** The route of what {@code RewriteRule … [P]} proxies. */
        public static final String REWRITTEN = "RewriteRule";
    }

    Match EXCLUDED = new Declined(Reason.EXCLUDED);

    Match UNMATCHED = new Declined(Reason.UNMATCHED);
}
