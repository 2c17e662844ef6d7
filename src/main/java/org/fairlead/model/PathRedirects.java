package org.fairlead.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The redirects of a section, which its requests meet before a member is asked.
 *
 * @param whole {@code Redirect} of one argument: for every path of the section
 * @param rules the others in the order in which they are tried: a more specific section's first
 * @param relative {@code RedirectRelative}: whether a path as target is sent as it is, default off
 */
public record PathRedirects(Optional<RedirectConfig> whole, List<RedirectConfig> rules, Optional<Boolean> relative) {
    public static final PathRedirects NONE = new PathRedirects(Optional.empty(), List.of(), Optional.empty());

    public PathRedirects {
        rules = List.copyOf(rules);
    }

    public boolean isEmpty() {
        return whole.isEmpty() && rules.isEmpty();
    }

    public boolean staysRelative() {
        return relative.orElse(false);
    }

    PathRedirects merge(PathRedirects over) {
        if (over.equals(NONE)) {
            return this;
        }
        List<RedirectConfig> all = new ArrayList<>(over.rules);
        all.addAll(rules);
        return new PathRedirects(over.whole.or(() -> whole), all, over.relative.or(() -> relative));
    }
}
