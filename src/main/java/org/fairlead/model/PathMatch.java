package org.fairlead.model;

import java.util.regex.Pattern;

/** Which request paths a rule is for. */
public sealed interface PathMatch {
    /**
     * A literal, case-sensitive prefix on a segment boundary: {@code /foo} matches {@code /foo} and {@code /foo/x} but
     * not {@code /foobar}; {@code /foo/} does not match {@code /foo}; a run of slashes matches any run (httpd's
     * {@code alias_match}).
     */
    record Prefix(String path) implements PathMatch {
        @Override
        public String toString() {
            return path;
        }
    }

    /** A regular expression, found anywhere in the path, or in the URL of a {@code <Proxy>}, unless anchored. */
    record Regex(Pattern pattern) implements PathMatch, ProxySectionConfig.UrlMatch {
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

        @Override
        public String toString() {
            return pattern.pattern();
        }
    }
}
