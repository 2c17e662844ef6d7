package org.fairlead.route;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.HeaderRule.Action;
import org.fairlead.model.HeaderRule.Condition;
import org.fairlead.model.Source;

/** {@code Header} and {@code RequestHeader} lines for tables of tests. */
final class HeaderLines {
    private HeaderLines() {}

    static List<HeaderRule> rules(String lines) {
        return Pattern.compile("; (?=Header |RequestHeader )")
                .splitAsStream(lines)
                .map(HeaderLines::rule)
                .toList();
    }

    static HeaderRule rule(String line) {
        String[] words = Rules.words(line);
        int at = 1;
        boolean always = words[at].equals("always");
        at += always || words[at].equals("onsuccess") ? 1 : 0;
        Action action =
                words[at].equals("edit*") ? Action.EDIT_ALL : Action.valueOf(words[at].toUpperCase(Locale.ROOT));
        String name = words[at + 1];
        at += 2;
        Optional<String> pattern = Optional.empty();
        String value = "";
        if (action == Action.EDIT || action == Action.EDIT_ALL) {
            pattern = Optional.of(words[at++]);
            value = words[at++];
        } else if (action != Action.UNSET && action != Action.ECHO) {
            value = words[at++];
        }
        boolean early = at < words.length && words[at].equals("early");
        Condition condition = new Condition.Always();
        if (at < words.length && words[at].startsWith("env=")) {
            String variable = words[at].substring(4);
            boolean negated = variable.startsWith("!");
            condition = new Condition.Env(negated ? variable.substring(1) : variable, negated);
        }
        return new HeaderRule(action, name, value, pattern, condition, always, early, Source.NONE);
    }
}
