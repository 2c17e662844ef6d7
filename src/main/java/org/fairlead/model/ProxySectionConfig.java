package org.fairlead.model;

/**
 * What a {@code <Proxy>} or {@code <ProxyMatch>} says for the paths that are forwarded to the URLs it is for. It holds
 * over what the host says, and {@code <Location>} sections hold over it.
 *
 * @param match which URLs, as {@code balancer://name/path} or {@code http://member:port/path}
 */
public record ProxySectionConfig(UrlMatch match, Settings settings, Source source) {
    /**
     * Which URLs a section is for; the query does not belong to them. Those in which an expression is found come of
     * {@code <ProxyMatch>}, or of {@code <Proxy>} with {@code *}, {@code ?} or {@code [}.
     */
    public sealed interface UrlMatch permits UrlMatch.Prefix, PathMatch.Regex {
        /** A literal URL prefix: {@code balancer://a} is for {@code balancer://ab} too, as in httpd. */
        record Prefix(String url) implements UrlMatch {}
    }
}
