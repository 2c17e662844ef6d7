package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.fairlead.model.LocationConfig;
import org.fairlead.model.RewriteCondition;
import org.fairlead.model.RewriteConfig;
import org.fairlead.model.RewriteRule;
import org.fairlead.model.RewriteRule.Flag;
import org.fairlead.rewrite.Expansion;
import org.fairlead.rewrite.RewriteVariables;

/** Notices about a server's rewrite rules: names without meaning, and rules that lead nowhere. */
final class RewriteNotices {
    /** What a rule of a section may look ahead for. */
    private static final Set<String> USER = Set.of("LA-U:REMOTE_USER");

    private final RewriteConfig config;
    private final Problems problems;

    RewriteNotices(RewriteConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    /**
     * Reports names without meaning in the rules of sections, which run after the access rules and know the user, and
     * rules of sections that never run.
     *
     * @param own the sections of this server's own lines
     * @param all those that it inherits too: one around another switches its rules on
     */
    void tellOfSections(List<LocationConfig> own, List<LocationConfig> all) {
        boolean anyOn = all.stream().anyMatch(section -> isOn(section).orElse(false));
        for (LocationConfig section : own) {
            List<RewriteRule> rules = section.settings().rewrite().rules();
            rules.forEach(rule -> texts(rule).forEach(text -> names(rule, Expansion.parse(text), USER)));
            if (!rules.isEmpty() && !isOn(section).orElse(anyOn)) {
                problems.noEffect(
                        rules.get(0).source(),
                        "RewriteRule: does nothing here without RewriteEngine On in its section, as in httpd");
            }
        }
    }

    private static Optional<Boolean> isOn(LocationConfig section) {
        return section.settings().rewrite().on();
    }

    /** @param own the rules of this server's own lines; inherited ones were reported where they stand */
    void tell(List<RewriteRule> own, boolean main) {
        for (RewriteRule rule : own) {
            texts(rule).forEach(text -> names(rule, Expansion.parse(text), Set.of()));
            if (config.on() && leadsToFile(rule)) {
                problems.difference(
                        rule.source(),
                        "RewriteRule '" + Quoted.of(rule.substitution())
                                + "': without the flag PT this is a file to httpd, and Fairlead serves none (404); with PT"
                                + " the ProxyPass lines are tried on it");
            }
        }
        boolean handsDown = main
                && (config.options().contains(RewriteConfig.Option.INHERIT_DOWN)
                        || config.options().contains(RewriteConfig.Option.INHERIT_DOWN_BEFORE));
        if (!own.isEmpty() && !config.on() && !handsDown) {
            problems.noEffect(
                    own.get(0).source(), "RewriteRule: does nothing here without RewriteEngine On, as in httpd");
        }
    }

    private static List<String> texts(RewriteRule rule) {
        List<String> texts = new ArrayList<>(rule.variables());
        texts.add(rule.substitution());
        texts.addAll(rule.cookies());
        rule.conditions().stream()
                .filter(c -> c.kind() != RewriteCondition.Kind.EXPRESSION)
                .forEach(c -> texts.add(c.test()));
        return texts;
    }

    private void names(RewriteRule rule, Expansion text, Set<String> ahead) {
        for (String name : text.variables()) {
            String upper = name.toUpperCase(Locale.ROOT);
            if (ahead.contains(upper)) {
                continue;
            }
            if (upper.startsWith("LA-U:") || upper.startsWith("LA-F:")) {
                problems.badValue(
                        rule.source(),
                        "RewriteRule",
                        "%{" + Quoted.of(name) + "}",
                        "no look ahead: rules come before files and users are looked for; Require in a <Location> asks"
                                + " for users");
            } else if (!RewriteVariables.isKnown(name)) {
                problems.noEffect(
                        rule.source(), "RewriteRule: %{" + Quoted.of(name) + "} is no variable and empty, as in httpd");
            }
        }
        for (String map : text.maps()) {
            if (!config.maps().containsKey(map)) {
                problems.badValue(
                        rule.source(),
                        "RewriteRule",
                        "${" + Quoted.of(map) + ":…}",
                        "a RewriteMap of this server, or of the main server with RewriteOptions Inherit");
            }
        }
    }

    /** A path that ends there: no later rule takes it further. */
    private boolean leadsToFile(RewriteRule rule) {
        if (!rule.substitution().startsWith("/") || rule.keepsPath() || decides(rule)) {
            return false;
        }
        List<RewriteRule> rules = config.rules();
        boolean last = rule.has(Flag.LAST);
        return last
                || rules.subList(rules.indexOf(rule) + 1, rules.size()).stream().noneMatch(RewriteNotices::decides);
    }

    private static boolean decides(RewriteRule rule) {
        return rule.has(Flag.PROXY) || rule.has(Flag.REDIRECT) || rule.has(Flag.PASS_THROUGH) || rule.has(Flag.NEXT);
    }
}
