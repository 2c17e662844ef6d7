package org.fairlead.model;

import java.util.regex.Pattern;

/**
 * What a {@code <Proxy>} or {@code <ProxyMatch>} says for the paths that are forwarded to the URLs it is for. It holds
 * over what the host says, and {@code <Location>} sections hold over it.
 *
 * @param match which URLs, as {@code balancer://name/path} or {@code http://member:port/path}
 */
public record ProxySectionConfig(UrlMatch match, Settings settings, Source source) {
    /** Which URLs a section is for; the query does not belong to them. */
    public sealed interface UrlMatch {
        /** URLs that begin so, letter for letter: {@code balancer://a} is for {@code balancer://ab} too, as in httpd. */
        record Prefix(String url) implements UrlMatch {}

        /** URLs in which the expression is found: {@code <ProxyMatch>}, or {@code <Proxy>} with {@code *}, {@code ?}. */
        record Regex(Pattern pattern) implements UrlMatch {
            /** Two are equal when they are written alike, which {@link Pattern} itself does not say. */
            @Override
            public boolean equals(Object other) {
                return other instanceof Regex regex
                        && pattern.pattern().equals(regex.pattern.pattern())
                        && pattern.flags() == regex.pattern.flags();
            }

            @Override
            public int hashCode() {
                return pattern.pattern().hashCode();
            }
        }
    }
}
