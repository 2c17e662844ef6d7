package org.fairlead.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * mod_substitute's directives.
 *
 * @param rules {@code Substitute} lines, in the order in which they run
 * @param maxLineBytes {@code SubstituteMaxLineLength}; a longer line is passed on as it is
 * @param inheritBefore {@code SubstituteInheritBefore}: whether outer sections' rules run before a section's own; default
 *     off
 */
public record SubstituteConfig(List<Rule> rules, Optional<Long> maxLineBytes, Optional<Boolean> inheritBefore) {
    /** No directives. */
    public static final SubstituteConfig NONE = new SubstituteConfig(List.of(), Optional.empty(), Optional.empty());

    /** The default of {@code SubstituteMaxLineLength}. */
    public static final long DEFAULT_MAX_LINE_BYTES = 1 << 20;

    /** The largest value of {@code SubstituteMaxLineLength}: a line is held in memory. */
    public static final long LARGEST_MAX_LINE_BYTES = 64 << 20;

    /**
     * One {@code Substitute} line.
     *
     * @param from a text, or a regular expression
     * @param to the replacement; {@code $0} to {@code $9} are groups of an expression
     * @param literal {@code n}: whether {@code from} and {@code to} are texts
     * @param ignoreCase {@code i}
     */
    public record Rule(String from, String to, boolean literal, boolean ignoreCase) {}

    public SubstituteConfig {
        rules = List.copyOf(rules);
    }

    public long maxLine() {
        return maxLineBytes.orElse(DEFAULT_MAX_LINE_BYTES);
    }

    SubstituteConfig merge(SubstituteConfig over) {
        Optional<Boolean> before = over.inheritBefore.or(() -> inheritBefore);
        List<Rule> all = new ArrayList<>(before.orElse(false) ? rules : over.rules);
        all.addAll(before.orElse(false) ? over.rules : rules);
        return new SubstituteConfig(all, over.maxLineBytes.or(() -> maxLineBytes), before);
    }
}
