package org.fairlead.route;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairlead.http.Bytes;
import org.fairlead.model.PathMatch;

/** A {@link PathMatch} made ready: tells whether a normalised path is its own, and up to where. Thread-safe. */
sealed interface PathRule {
    /** Whether the rule is for this path, in which slashes are merged. */
    boolean matches(String path);

    static PathRule of(PathMatch match) {
        if (match instanceof PathMatch.Regex regex) {
            return new Expression(Bytes.of(regex.pattern()));
        }
        return Prefix.of(((PathMatch.Prefix) match).path());
    }

    /**
     * A literal prefix that ends on a segment's boundary.
     *
     * @param path runs of slashes merged, since they match runs of slashes
     */
    record Prefix(String path) implements PathRule {
        static Prefix of(String path) {
            return ofBytes(Bytes.of(path));
        }

        static Prefix ofBytes(String path) {
            return new Prefix(path.replaceAll("/+", "/"));
        }

        @Override
        public boolean matches(String candidate) {
            int length = path.length();
            return candidate.startsWith(path)
                    && (candidate.length() == length || endsWithSlash() || candidate.charAt(length) == '/');
        }

        boolean endsWithSlash() {
            return path.endsWith("/");
        }
    }

    /** A regular expression that is found somewhere in the path. */
    record Expression(Pattern pattern) implements PathRule {
        @Override
        public boolean matches(String candidate) {
            return pattern.matcher(candidate).find();
        }

        Matcher find(String candidate) {
            Matcher matcher = pattern.matcher(candidate);
            return matcher.find() ? matcher : matcher.reset();
        }
    }
}
