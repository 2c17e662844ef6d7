package org.fairlead.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fairlead.model.EnvironmentConfig;
import org.fairlead.model.EnvironmentRule;
import org.fairlead.model.EnvironmentRule.Assignment;
import org.fairlead.model.EnvironmentRule.Test;
import org.fairlead.route.EnvironmentRules;

/** Reads {@code SetEnv}, {@code UnsetEnv}, {@code PassEnv} (mod_env), {@code SetEnvIf} and its like (mod_setenvif). */
final class EnvironmentReader {
    /** httpd's own switches that stand for nothing here: how it talks to old clients and to members. */
    private static final Set<String> SWITCHES = Set.of(
            "downgrade-1.0",
            "force-no-vary",
            "force-proxy-request-1.0",
            "force-response-1.0",
            "no-brotli",
            "nokeepalive",
            "object_is_image",
            "proxy-chain-auth",
            "proxy-initial-not-pooled",
            "proxy-interim-response",
            "proxy-prefetch-nonblocking",
            "proxy-nokeepalive",
            "proxy-sendchunked",
            "proxy-sendchunks",
            "proxy-sendcl",
            "proxy-sendextracrlf",
            "redirect-carefully",
            "ssl-accurate-shutdown",
            "ssl-unclean-shutdown",
            "suppress-error-charset");

    private final Problems problems;

    EnvironmentReader(Problems problems) {
        this.problems = problems;
    }

    /** What {@code SetEnv}, {@code PassEnv} and {@code UnsetEnv} say in a scope; of one name the last line counts. */
    EnvironmentConfig read(Entry scope, List<EnvironmentRule> rules) {
        List<Entry> lines = scope.all("setenv");
        if (lines.isEmpty() && rules.isEmpty()) {
            return EnvironmentConfig.NONE;
        }
        Map<String, String> set = new LinkedHashMap<>();
        Set<String> unset = new LinkedHashSet<>();
        for (Entry line : lines) {
            String name = line.text("name");
            if (isName(name, line)) {
                set.remove(name);
                unset.remove(name);
                if (Matches.isOn(line, "unset")) {
                    unset.add(name);
                } else {
                    value(line, name).ifPresent(value -> set.put(name, value));
                }
            }
        }
        return new EnvironmentConfig(set, unset, rules);
    }

    private Optional<String> value(Entry line, String name) {
        if (!Matches.isOn(line, "pass")) {
            tellSwitch(line, name);
            return Optional.of(line.text("value"));
        }
        Optional<String> value = Optional.ofNullable(System.getenv(name));
        if (value.isEmpty()) {
            problems.noEffect(line.source(), "PassEnv '" + Quoted.of(name) + "': this process has no such variable");
        }
        return value;
    }

    /** {@code SetEnvIf} and its like of a scope, in order. */
    List<EnvironmentRule> rules(Entry scope) {
        return scope.all("setenvif").stream()
                .flatMap(line -> rule(line).stream())
                .toList();
    }

    private Optional<EnvironmentRule> rule(Entry line) {
        Optional<Test> test = line.has("expression") ? expression(line) : attribute(line);
        List<Assignment> assignments = new ArrayList<>();
        for (Entry word : line.all("set")) {
            // mod_setenvif's own word for doing this before rewriting, as all such lines outside sections are done
            // here.
            if (!word.value().equals("--early")) {
                assignment(word.value(), line).ifPresent(assignments::add);
            }
        }
        if (line.all("set").isEmpty()) {
            problems.error(
                    line.source(), line.spelling() + " (expected: a variable to set: NAME, NAME=value or !NAME)");
        }
        return test.map(t -> new EnvironmentRule(t, assignments, line.source()));
    }

    private Optional<Test> expression(Entry line) {
        String text = line.text("expression");
        return Expressions.isCondition(text, line, problems)
                ? Optional.of(new Test.Expression(text))
                : Optional.empty();
    }

    private Optional<Test> attribute(Entry line) {
        String name = line.text("attribute");
        boolean ignoreCase = Matches.isOn(line, "nocase");
        boolean ok = Expressions.isPattern(line.text("pattern"), ignoreCase, line, problems);
        if (name.isEmpty()) {
            problems.error(line.source(), line.spelling() + " (expected: the name of a field or attribute)");
            return Optional.empty();
        }
        if (EnvironmentRules.isExpression(name)) {
            ok &= Expressions.isPattern(name, ignoreCase, line, problems);
        }
        return ok ? Optional.of(new Test.Attribute(name, line.text("pattern"), ignoreCase)) : Optional.empty();
    }

    /** {@code NAME=value}, {@code NAME} for the value 1, {@code !NAME}; a value with a leading ! unsets too (httpd). */
    private Optional<Assignment> assignment(String word, Entry line) {
        int equals = word.indexOf('=');
        boolean valued = equals >= 0 && equals + 1 < word.length();
        String name = equals < 0 ? word : word.substring(0, equals);
        String value = valued ? word.substring(equals + 1) : "1";
        boolean unset = valued ? value.startsWith("!") : name.startsWith("!");
        if (!valued && unset) {
            name = name.substring(1);
        }
        if (!isName(name, line)) {
            return Optional.empty();
        }
        if (!unset) {
            tellSwitch(line, name);
        }
        return Optional.of(new Assignment(name, unset ? "" : value, unset));
    }

    private boolean isName(String name, Entry line) {
        boolean ok = !name.isEmpty() && name.chars().noneMatch(c -> c <= ' ' || c == 0x7f || c == '=');
        if (!ok) {
            problems.badValue(line.source(), line.spelling(), Quoted.of(name), "the name of a variable");
        }
        return ok;
    }

    private void tellSwitch(Entry line, String name) {
        if (SWITCHES.contains(name)) {
            problems.noEffect(
                    line.source(),
                    line.spelling() + " '" + name + "' is for old clients, or for how httpd talks to members;"
                            + " connections are kept and framed by RFC 9112");
        }
    }
}
