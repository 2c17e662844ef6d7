package org.fairlead.config;

import java.util.Optional;
import org.fairlead.expression.ExpressionException;
import org.fairlead.expression.Regex;
import org.fairlead.model.PathMatch;

/** Reads which paths a directive is for. */
final class Matches {
    private Matches() {}

    /** Reads the path of a {@code <Location>}, with httpd's wildcards, or the pattern of a {@code <LocationMatch>}. */
    static Optional<PathMatch> location(Entry location, Problems problems) {
        String path = location.text("path");
        if (isOn(location, "regex")) {
            return regex(path, location, problems);
        }
        if (hasWildcard(path)) {
            return wildcard(path, "[^/]", location, problems).map(PathMatch.Regex::new);
        }
        return prefix(path, location, problems);
    }

    static Optional<PathMatch> prefix(String path, Entry line, Problems problems) {
        if (path.startsWith("/")) {
            return Optional.of(new PathMatch.Prefix(path));
        }
        problems.badValue(
                line.source(), line.spelling(), Quoted.of(path), "a path that starts with /, as every request's does");
        return Optional.empty();
    }

    static Optional<PathMatch> regex(String expression, Entry line, Problems problems) {
        return pattern(expression, line, problems).map(PathMatch.Regex::new);
    }

    /** Reads a PCRE pattern; one that cannot be compiled, or not in bounded time, is a problem of that line. */
    static Optional<String> pattern(String expression, Entry line, Problems problems) {
        try {
            if (!expression.isEmpty()) {
                Regex.compile(expression);
                return Optional.of(expression);
            }
            problems.badValue(line.source(), line.spelling(), "", "a regular expression");
        } catch (ExpressionException e) {
            problems.badValue(
                    line.source(),
                    line.spelling(),
                    Quoted.of(expression),
                    "a regular expression: " + Quoted.of(e.getMessage()));
        }
        return Optional.empty();
    }

    static boolean isOn(Entry parent, String flag) {
        return parent.last(flag).flatMap(e -> Values.flagOf(e.value())).orElse(false);
    }

    static boolean hasWildcard(String text) {
        return text.chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
    }

    /**
     * What httpd's wildcards stand for; they match the whole of a text. A set that cannot be read is a problem of that
     * line.
     *
     * @param one the expression for what {@code ?} may be and {@code *} any number of: a path's wildcards are no slash
     */
    static Optional<String> wildcard(String text, String one, Entry line, Problems problems) {
        StringBuilder regex = new StringBuilder("^");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int end = c == '[' ? text.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append(one).append('*');
            } else if (c == '?') {
                regex.append(one);
            } else if (end > 0) {
                String set = text.substring(i + 1, end)
                        .replace("\\", "\\\\")
                        .replace("[", "\\[")
                        .replace("&", "\\&");
                regex.append('[')
                        .append(set.startsWith("!") ? "^" + set.substring(1) : set)
                        .append(']');
                i = end;
            } else {
                regex.append(".\\^$|+(){}".indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
        try {
            // Not $, which would let a path pass that ends with an encoded newline.
            String whole = regex.append("\\z").toString();
            Regex.compile(whole);
            return Optional.of(whole);
        } catch (ExpressionException e) {
            problems.badValue(
                    line.source(), line.spelling(), Quoted.of(text), "wildcards: *, ?, and sets as [a-z] or [!a-z]");
            return Optional.empty();
        }
    }
}
