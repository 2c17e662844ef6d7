package org.fairlead.model;

/**
 * One {@code ProxyPass} or {@code ProxyPassMatch}: which paths go where.
 *
 * @param match which paths
 * @param target where to
 * @param mapping against which form of the path the match is made
 */
public record RouteConfig(PathMatch match, RouteTarget target, Mapping mapping, Source source) {

    /** The {@code mapping=} parameter of {@code ProxyPass}. */
    public enum Mapping {
        /** Matched on the normalised path; the raw rest is forwarded. */
        DEFAULT,
        /** {@code mapping=encoded}: matched on the path as it came. */
        ENCODED,
        /** {@code mapping=servlet}: {@code ;parameters} are ignored for matching, dot segments resolved first. */
        SERVLET
    }

    /** Where a matching request goes. */
    public sealed interface RouteTarget {
        /** {@code !}: not proxied; local content or 404. */
        record Excluded() implements RouteTarget {}

        /**
         * To a balancer or a lone member.
         *
         * @param balancer {@link BalancerConfig#name()}, a key of {@link ProxyConfig#balancers()}
         * @param path what stands for the matched prefix, before the member's own path is put in front; for a regular
         *     expression it may hold {@code $0} to {@code $9}. May be empty.
         */
        record Forward(String balancer, String path) implements RouteTarget {}
    }
}
