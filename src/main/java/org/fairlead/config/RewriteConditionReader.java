package org.fairlead.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fairlead.expression.Expression;
import org.fairlead.expression.ExpressionException;
import org.fairlead.expression.Regex;
import org.fairlead.model.RewriteCondition;
import org.fairlead.model.RewriteCondition.Kind;

/** Reads {@code RewriteCond}: which of its kinds a pattern is of, and whether it can be read. */
final class RewriteConditionReader {
    private static final Map<String, Kind> FILES = Map.of(
            "-f", Kind.FILE,
            "-s", Kind.FILLED_FILE,
            "-d", Kind.DIRECTORY,
            "-l", Kind.LINK,
            "-L", Kind.LINK,
            "-h", Kind.LINK,
            "-x", Kind.EXECUTABLE);
    private static final Map<String, Kind> NUMBERS = Map.of(
            "-eq", Kind.NUMBER_EQUAL,
            "-ne", Kind.NUMBER_EQUAL,
            "-lt", Kind.NUMBER_LESS,
            "-le", Kind.NUMBER_LESS_OR_EQUAL,
            "-gt", Kind.NUMBER_GREATER,
            "-ge", Kind.NUMBER_GREATER_OR_EQUAL);

    private final Problems problems;

    RewriteConditionReader(Problems problems) {
        this.problems = problems;
    }

    /** What a pattern turned out to be. */
    private record Operator(Kind kind, String operand, boolean negated) {}

    Optional<RewriteCondition> read(Entry line) {
        String written = line.text("pattern");
        boolean noCase = false;
        boolean or = false;
        for (String flag : line.has("flags") ? line.text("flags").split(",", -1) : new String[0]) {
            switch (flag.strip().toLowerCase(Locale.ROOT)) {
                case "nc", "nocase" -> noCase = true;
                case "or", "ornext" -> or = true;
                case "nv", "novary" -> {
                    // There is no Vary that it could suppress: a proxied response has the member's.
                }
                default -> {
                    problems.badValue(line.source(), "RewriteCond", "[" + Quoted.of(flag) + "]", "NC, OR or NV");
                    return Optional.empty();
                }
            }
        }
        boolean not = written.startsWith("!");
        String pattern = not ? written.substring(1) : written;
        boolean expression = line.text("test").equalsIgnoreCase("expr");
        if (!expression && Set.of("-U", "-F").contains(pattern)) {
            problems.badValue(
                    line.source(),
                    "RewriteCond",
                    Quoted.of(written),
                    "no question for a subrequest, which there are none of; -f asks for a file");
            return Optional.empty();
        }
        Operator operator = expression ? new Operator(Kind.EXPRESSION, pattern, false) : operator(pattern);
        if (noCase && !operator.kind().comparesText()) {
            problems.noEffect(line.source(), "RewriteCond '" + Quoted.of(written) + "': NC does nothing here");
        }
        RewriteCondition condition = new RewriteCondition(
                line.text("test"),
                operator.kind(),
                operator.operand(),
                not != operator.negated(),
                noCase,
                or,
                line.source());
        return isReadable(line, condition) ? Optional.of(condition) : Optional.empty();
    }

    private static Operator operator(String pattern) {
        if (FILES.containsKey(pattern)) {
            return new Operator(FILES.get(pattern), "", false);
        }
        String start = pattern.length() > 3 ? pattern.substring(0, 3) : "";
        if (NUMBERS.containsKey(start)) {
            return new Operator(NUMBERS.get(start), pattern.substring(3), start.equals("-ne"));
        }
        if (pattern.length() < 2) {
            return new Operator(Kind.REGEX, pattern, false);
        }
        for (Map.Entry<String, Kind> comparison : List.of(
                Map.entry(">=", Kind.GREATER_OR_EQUAL),
                Map.entry("<=", Kind.LESS_OR_EQUAL),
                Map.entry(">", Kind.GREATER),
                Map.entry("<", Kind.LESS),
                Map.entry("=", Kind.EQUAL))) {
            if (pattern.startsWith(comparison.getKey())) {
                String operand = pattern.substring(comparison.getKey().length());
                boolean empty = comparison.getValue() == Kind.EQUAL && operand.equals("\"\"");
                return new Operator(comparison.getValue(), empty ? "" : operand, false);
            }
        }
        return new Operator(Kind.REGEX, pattern, false);
    }

    private boolean isReadable(Entry line, RewriteCondition condition) {
        try {
            if (condition.kind() == Kind.REGEX) {
                Regex.compile(condition.pattern());
            } else if (condition.kind() == Kind.EXPRESSION) {
                Expression.parse(condition.pattern());
            }
            return true;
        } catch (ExpressionException e) {
            problems.error(
                    line.source(),
                    "RewriteCond '" + Quoted.of(condition.pattern()) + "': " + Quoted.of(e.getMessage()));
            return false;
        }
    }
}
