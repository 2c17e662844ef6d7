package org.fairlead.model;

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
    record Regex(String pattern) implements PathMatch, ProxySectionConfig.UrlMatch {
        @Override
        public String toString() {
            return pattern;
        }
    }
}
