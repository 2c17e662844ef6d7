package org.fairlead.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.HeaderRule.Action;
import org.fairlead.model.HeaderRule.Condition;

/** Reads {@code Header} and {@code RequestHeader} (mod_headers). */
final class HeaderRuleReader {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern FORMAT = Pattern.compile("%(\\{[^}]*}([A-Za-z]?)|.?)", Pattern.DOTALL);

    private final Problems problems;

    HeaderRuleReader(Problems problems) {
        this.problems = problems;
    }

    List<HeaderRule> read(List<Entry> lines) {
        return lines.stream().flatMap(line -> read(line).stream()).toList();
    }

    private Optional<HeaderRule> read(Entry line) {
        Optional<Action> action = action(line);
        String name = line.text("name").replaceFirst(":$", "");
        boolean ok = action.isPresent() & named(line, action, name) & conditioned(line);
        if (action.isEmpty()) {
            return Optional.empty();
        }
        boolean edits = action.get() == Action.EDIT || action.get() == Action.EDIT_ALL;
        Optional<String> pattern = edits ? Matches.pattern(line.text("pattern"), line, problems) : Optional.empty();
        ok &= !edits || pattern.isPresent();
        ok &= valued(line, action.get());
        if (!ok) {
            return Optional.empty();
        }
        return Optional.of(new HeaderRule(
                action.get(),
                name,
                line.text("value"),
                pattern,
                condition(line),
                Matches.isOn(line, "always"),
                Matches.isOn(line, "early"),
                line.source()));
    }

    private Optional<Action> action(Entry line) {
        String word = line.text("action").toLowerCase(Locale.ROOT);
        boolean response = line.name().equals("header");
        Optional<Action> action = switch (word) {
            case "set" -> Optional.of(Action.SET);
            case "setifempty" -> Optional.of(Action.SETIFEMPTY);
            case "add" -> Optional.of(Action.ADD);
            case "append" -> Optional.of(Action.APPEND);
            case "merge" -> Optional.of(Action.MERGE);
            case "unset" -> Optional.of(Action.UNSET);
            case "edit" -> Optional.of(Action.EDIT);
            case "edit*" -> Optional.of(Action.EDIT_ALL);
            case "echo" -> response ? Optional.of(Action.ECHO) : Optional.empty();
            case "note" -> response ? Optional.of(Action.NOTE) : Optional.empty();
            default -> Optional.empty();
        };
        if (action.isEmpty()) {
            problems.badValue(
                    line.source(),
                    line.spelling(),
                    Quoted.of(word),
                    "set, setifempty, add, append, merge, unset, edit"
                            + (response ? ", edit*, echo or note" : " or edit*"));
        }
        return action;
    }

    private boolean named(Entry line, Optional<Action> action, String name) {
        if (action.filter(a -> a == Action.ECHO).isPresent()) {
            return Matches.pattern(name, line, problems).isPresent();
        }
        if (!name.matches(TOKEN)) {
            problems.badValue(line.source(), line.spelling(), Quoted.of(name), "the name of a field");
            return false;
        }
        return true;
    }

    private boolean conditioned(Entry line) {
        return !line.has("expr") || Expressions.isCondition(line.text("expr"), line, problems);
    }

    private boolean valued(Entry line, Action action) {
        boolean none = action == Action.UNSET || action == Action.ECHO;
        if (none != !line.has("value")) {
            problems.error(
                    line.source(),
                    line.spelling() + " " + line.text("action") + " '" + Quoted.of(line.text("name"))
                            + (none ? "' (expected: no value)" : "' (expected: a value)"));
            return false;
        }
        String value = line.text("value");
        if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            problems.badValue(
                    line.source(), line.spelling(), Quoted.of(value), "a value in one line, without CR, LF or NUL");
            return false;
        }
        boolean edits = action == Action.EDIT || action == Action.EDIT_ALL;
        return none || edits && !value.startsWith("expr=") || formatted(line, value);
    }

    private boolean formatted(Entry line, String value) {
        if (value.startsWith("expr=")) {
            return Expressions.isTemplate(value.substring("expr=".length()), line, problems);
        }
        Matcher m = FORMAT.matcher(value);
        while (m.find()) {
            boolean known = m.group(1).startsWith("{")
                    ? m.group(2).equals("e") || m.group(2).equals("s")
                    : m.group(1).matches("[%tD]");
            if (!known) {
                problems.badValue(
                        line.source(),
                        line.spelling(),
                        Quoted.of(value),
                        "%{NAME}e, %{NAME}s, %t, %D or %% instead of " + Quoted.of(m.group()));
                return false;
            }
        }
        return true;
    }

    private static Condition condition(Entry line) {
        String env = line.text("env");
        if (line.has("expr")) {
            return new Condition.Expression(line.text("expr"));
        }
        if (env.isEmpty()) {
            return new Condition.Always();
        }
        return env.startsWith("!") ? new Condition.Env(env.substring(1), true) : new Condition.Env(env, false);
    }
}
