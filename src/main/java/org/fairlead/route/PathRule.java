package org.fairlead.route;

import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.Regex;
import org.fairlead.expression.Steps;
import org.fairlead.http.Bytes;
import org.fairlead.model.PathMatch;

/** A prepared {@link PathMatch}: decides whether it matches a normalised path, and up to where. Thread-safe. */
sealed interface PathRule {
    /**
     * Whether the rule is for this path, in which slashes are merged.
     *
     * @throws EvaluationException if an expression takes more work than is allowed
     */
    boolean matches(String path, Steps steps) throws EvaluationException;

    static PathRule of(PathMatch match) {
        if (match instanceof PathMatch.Regex regex) {
            return new Expression(ExpressionCache.pattern(regex.pattern(), false));
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
            return new Prefix(LenientReading.mergeSlashes(path));
        }

        @Override
        public boolean matches(String candidate, Steps steps) {
            return matches(candidate);
        }

        boolean matches(String candidate) {
            int length = path.length();
            return candidate.startsWith(path)
                    && (candidate.length() == length || endsWithSlash() || candidate.charAt(length) == '/');
        }

        boolean endsWithSlash() {
            return path.endsWith("/");
        }
    }

    /** A regular expression that is found somewhere in the path. */
    record Expression(Regex pattern) implements PathRule {
        @Override
        public boolean matches(String candidate, Steps steps) throws EvaluationException {
            return pattern.test(candidate, steps);
        }
    }
}
