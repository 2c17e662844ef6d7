package org.fairlead.filter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.ExpressionException;
import org.fairlead.expression.Occurrences;
import org.fairlead.expression.Regex;
import org.fairlead.expression.Steps;
import org.fairlead.http.Bytes;
import org.fairlead.model.SubstituteConfig.Rule;

/** A {@code Substitute} rule with its pattern compiled. Texts are bytes in ISO-8859-1 chars. Immutable. */
final class Substitution {
    /** More rules than configurations have: a reload leaves those of the former one behind. */
    private static final int MAX_CACHED = 10_000;

    private static final Map<Rule, Substitution> CACHE = new ConcurrentHashMap<>();

    private final Optional<Regex> pattern;
    private final String from;
    private final String to;
    private final boolean ignoreCase;

    private Substitution(Rule rule) {
        this.pattern = rule.literal() ? Optional.empty() : Optional.of(compiled(rule));
        this.from = Bytes.of(rule.from());
        this.to = Bytes.of(rule.to());
        this.ignoreCase = rule.ignoreCase();
    }

    /** The rules, each compiled once for all requests. */
    static List<Substitution> of(List<Rule> rules) {
        if (CACHE.size() > MAX_CACHED) {
            CACHE.clear();
        }
        return rules.stream()
                .map(rule -> CACHE.computeIfAbsent(rule, Substitution::new))
                .toList();
    }

    private static Regex compiled(Rule rule) {
        try {
            return Regex.compile(rule.from(), rule.ignoreCase() ? Set.of(Regex.Flag.IGNORE_CASE) : Set.of());
        } catch (ExpressionException e) {
            throw new IllegalStateException("the configuration was read with this pattern: " + rule.from(), e);
        }
    }

    /**
     * Returns the text with every occurrence replaced; the same object if there is none.
     *
     * @throws EvaluationException if the pattern takes more steps than is allowed
     */
    String apply(String text) throws EvaluationException {
        if (pattern.isPresent()) {
            return replaced(text, pattern.get().occurrences(text, Steps.ofOneLook()));
        }
        return ignoreCase ? withoutCase(text) : text.contains(from) ? text.replace(from, to) : text;
    }

    private String replaced(String text, Occurrences found) throws EvaluationException {
        if (!found.next()) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length() + to.length());
        int copied = 0;
        do {
            result.append(text, copied, found.start(0));
            fill(found, result);
            copied = found.end(0);
        } while (found.next());
        return result.append(text, copied, text.length()).toString();
    }

    /** {@code $0} to {@code $9} are groups; a backslash takes the next character as it is. */
    private void fill(Occurrences found, StringBuilder result) {
        for (int i = 0; i < to.length(); i++) {
            char c = to.charAt(i);
            boolean last = i + 1 == to.length();
            if (c == '$' && !last && to.charAt(i + 1) >= '0' && to.charAt(i + 1) <= '9') {
                result.append(found.group(to.charAt(++i) - '0'));
            } else {
                result.append(c == '\\' && !last ? to.charAt(++i) : c);
            }
        }
    }

    private String withoutCase(String text) {
        StringBuilder result = new StringBuilder();
        int copied = 0;
        for (int i = 0; i + from.length() <= text.length(); ) {
            if (text.regionMatches(true, i, from, 0, from.length())) {
                result.append(text, copied, i).append(to);
                i += from.length();
                copied = i;
            } else {
                i++;
            }
        }
        return copied == 0 ? text : result.append(text, copied, text.length()).toString();
    }
}
