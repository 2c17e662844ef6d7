package org.fairlead.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The mod_rewrite settings of one server, inherited ones included.
 *
 * @param on {@code RewriteEngine}
 * @param options {@code RewriteOptions}
 * @param rules in the order in which they are tried
 * @param maps {@code RewriteMap} by name
 * @param documentRoot {@code DocumentRoot} for {@code %{DOCUMENT_ROOT}}; empty = not said
 */
public record RewriteConfig(
        boolean on, Set<Option> options, List<RewriteRule> rules, Map<String, RewriteMap> maps, String documentRoot) {
    /** No rules. */
    public static final RewriteConfig NONE = new RewriteConfig(false, Set.of(), List.of(), Map.of(), "");

    /** How a virtual host's rules and the main server's go together. */
    public enum Option {
        /** The main server's come after the host's own. */
        INHERIT,
        /** The main server's come before the host's own. */
        INHERIT_BEFORE,
        /** Said by the main server: as if every host said {@link #INHERIT}. */
        INHERIT_DOWN,
        /** Said by the main server: as if every host said {@link #INHERIT_BEFORE}. */
        INHERIT_DOWN_BEFORE,
        /** Said by a host: nothing of what the main server hands down. */
        IGNORE_INHERIT
    }

    public RewriteConfig {
        options = Set.copyOf(options);
        rules = List.copyOf(rules);
        maps = Map.copyOf(maps);
    }

    /** Whether a request of this server can be changed at all. */
    public boolean isActive() {
        return on && !rules.isEmpty();
    }

    /** Returns a host's own lines with those of the main server that its options, which hold already, let in. */
    public RewriteConfig inheriting(RewriteConfig main) {
        boolean down = !options.contains(Option.IGNORE_INHERIT);
        if (options.contains(Option.INHERIT) || down && main.options.contains(Option.INHERIT_DOWN)) {
            return new RewriteConfig(on, options, joined(rules, main.rules), joined(main.maps, maps), documentRoot);
        }
        if (options.contains(Option.INHERIT_BEFORE) || down && main.options.contains(Option.INHERIT_DOWN_BEFORE)) {
            return new RewriteConfig(on, options, joined(main.rules, rules), joined(maps, main.maps), documentRoot);
        }
        return this;
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static Map<String, RewriteMap> joined(Map<String, RewriteMap> weak, Map<String, RewriteMap> strong) {
        Map<String, RewriteMap> all = new LinkedHashMap<>(weak);
        all.putAll(strong);
        return all;
    }
}
