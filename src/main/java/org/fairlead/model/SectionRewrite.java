package org.fairlead.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fairlead.model.RewriteConfig.Option;

/**
 * The mod_rewrite settings of one {@code <Location>}, or of all sections that contain a path.
 *
 * @param on {@code RewriteEngine}; inherited from outer sections, default off
 * @param options {@code RewriteOptions}
 * @param rules in order; they match every path
 * @param said whether there is a line of mod_rewrite at all: its rules, even none, replace those of outer sections
 */
public record SectionRewrite(Optional<Boolean> on, Set<Option> options, List<RewriteRule> rules, boolean said) {
    /** No line of mod_rewrite. */
    public static final SectionRewrite NONE = new SectionRewrite(Optional.empty(), Set.of(), List.of(), false);

    public SectionRewrite {
        options = Set.copyOf(options);
        rules = List.copyOf(rules);
    }

    /** Whether a request can be changed at all. */
    public boolean isActive() {
        return !rules.isEmpty() && on.orElse(false);
    }

    /** Returns what holds where {@code over} is the more specific section, as mod_rewrite merges directories. */
    SectionRewrite merge(SectionRewrite over) {
        if (!over.said) {
            return this;
        }
        return new SectionRewrite(over.on.or(() -> on), over.options, merged(over), true);
    }

    private List<RewriteRule> merged(SectionRewrite over) {
        boolean down = !over.options.contains(Option.IGNORE_INHERIT);
        if (over.options.contains(Option.INHERIT) || down && options.contains(Option.INHERIT_DOWN)) {
            return joined(over.rules, rules);
        }
        if (over.options.contains(Option.INHERIT_BEFORE) || down && options.contains(Option.INHERIT_DOWN_BEFORE)) {
            return joined(rules, over.rules);
        }
        return over.rules;
    }

    private static List<RewriteRule> joined(List<RewriteRule> first, List<RewriteRule> second) {
        List<RewriteRule> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
