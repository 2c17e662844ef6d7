package org.fairlead.config;

import java.util.Set;
import org.fairlead.expression.Expression;
import org.fairlead.expression.ExpressionException;
import org.fairlead.expression.Regex;
import org.fairlead.expression.Template;

/** Checks expressions that are compiled later where they are used; an error in one is a problem of its line. */
final class Expressions {
    private Expressions() {}

    /** A condition in httpd's expression language. */
    static boolean isCondition(String text, Entry line, Problems problems) {
        return reads(text, Expression::parse, "condition", line, problems);
    }

    /** A condition of {@code SSLRequire}. */
    static boolean isSslRequire(String text, Entry line, Problems problems) {
        return reads(text, Expression::parseSslRequire, "condition", line, problems);
    }

    /** A string expression. */
    static boolean isTemplate(String text, Entry line, Problems problems) {
        return reads(text, Template::parse, "expression", line, problems);
    }

    static boolean isPattern(String text, boolean ignoreCase, Entry line, Problems problems) {
        Set<Regex.Flag> flags = ignoreCase ? Set.of(Regex.Flag.IGNORE_CASE) : Set.of();
        return reads(text, t -> Regex.compile(t, flags), "pattern", line, problems);
    }

    private interface Reader {
        Object read(String text) throws ExpressionException;
    }

    private static boolean reads(String text, Reader reader, String what, Entry line, Problems problems) {
        if (text.isEmpty()) {
            problems.error(line.source(), line.spelling() + " (expected: a " + what + ")");
            return false;
        }
        try {
            reader.read(text);
            return true;
        } catch (ExpressionException e) {
            problems.error(
                    line.source(),
                    line.spelling() + ": " + what + " '" + Quoted.of(text) + "': " + Quoted.of(e.getMessage()));
            return false;
        }
    }
}
