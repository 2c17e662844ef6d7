package org.fairlead.route;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.fairlead.expression.Expression;
import org.fairlead.expression.ExpressionException;
import org.fairlead.expression.Regex;
import org.fairlead.expression.Template;

/**
 * A cache of parsed expressions: settings are merged for each combination of sections, and the same line must not be
 * parsed again for each. Only texts of configurations are keys, so there are few. Thread-safe.
 */
final class ExpressionCache {
    private static final ConcurrentMap<String, Expression> CONDITIONS = new ConcurrentHashMap<>();
    private static final ConcurrentMap<String, Template> TEMPLATES = new ConcurrentHashMap<>();
    private static final ConcurrentMap<String, Regex> PATTERNS = new ConcurrentHashMap<>();
    private static final ConcurrentMap<String, Regex> PATTERNS_WITHOUT_CASE = new ConcurrentHashMap<>();

    private ExpressionCache() {}

    static Expression condition(String text) {
        return CONDITIONS.computeIfAbsent(text, t -> read(t, Expression::parse));
    }

    static Template template(String text) {
        return TEMPLATES.computeIfAbsent(text, t -> read(t, Template::parse));
    }

    static Regex pattern(String text, boolean ignoreCase) {
        return ignoreCase
                ? PATTERNS_WITHOUT_CASE.computeIfAbsent(
                        text, t -> read(t, p -> Regex.compile(p, Set.of(Regex.Flag.IGNORE_CASE))))
                : PATTERNS.computeIfAbsent(text, t -> read(t, Regex::compile));
    }

    private interface Reader<T> {
        T read(String text) throws ExpressionException;
    }

    private static <T> T read(String text, Reader<T> reader) {
        try {
            return reader.read(text);
        } catch (ExpressionException e) {
            throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
        }
    }
}
