package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.fairlead.expression.ExpressionException;
import org.fairlead.expression.Regex;
import org.fairlead.model.SubstituteConfig;
import org.fairlead.model.SubstituteConfig.Rule;

/** Reads mod_substitute's directives. */
final class SubstituteReader {
    private static final String FORM =
            "s/pattern/replacement/flags, with another character than / where they hold one, and"
                    + " the flags i, n, f and q";

    private final Problems problems;

    SubstituteReader(Problems problems) {
        this.problems = problems;
    }

    SubstituteConfig read(Entry scope, Values values) {
        List<Rule> rules = new ArrayList<>();
        scope.all("substitute").forEach(line -> rule(line).ifPresent(rules::add));
        OptionalLong max = values.size("substitutemaxlinelength", 1, SubstituteConfig.LARGEST_MAX_LINE_BYTES, false);
        return new SubstituteConfig(
                rules,
                max.isPresent() ? Optional.of(max.getAsLong()) : Optional.empty(),
                values.flag("substituteinheritbefore"));
    }

    /** The delimiter cannot be escaped, as in httpd; the last one may be missing. */
    private Optional<Rule> rule(Entry line) {
        String text = line.value();
        if (text.length() < 2 || Character.toLowerCase(text.charAt(0)) != 's') {
            Values.bad(problems, line, FORM);
            return Optional.empty();
        }
        char delimiter = text.charAt(1);
        int middle = text.indexOf(delimiter, 2);
        int end = middle < 0 ? -1 : text.indexOf(delimiter, middle + 1);
        String flags = end < 0 ? "" : text.substring(end + 1).toLowerCase(Locale.ROOT);
        boolean known = flags.chars().allMatch(c -> "infq".indexOf(c) >= 0);
        if (middle <= 2 || !known) {
            Values.bad(problems, line, FORM);
            return Optional.empty();
        }
        String from = text.substring(2, middle);
        String to = text.substring(middle + 1, end < 0 ? text.length() : end);
        Rule rule = new Rule(from, to, flags.contains("n"), flags.contains("i"));
        return rule.literal() || isPattern(line, from) ? Optional.of(rule) : Optional.empty();
    }

    private boolean isPattern(Entry line, String pattern) {
        try {
            Regex.compile(pattern, Set.of());
            return true;
        } catch (ExpressionException e) {
            problems.error(line.source(), line.spelling() + " '" + Quoted.of(line.value()) + "': " + e.getMessage());
            return false;
        }
    }
}
