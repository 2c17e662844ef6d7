package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Removes passwords from the operator's text in messages, since messages end up in logs and tickets. They are
 * recognised by position: before the {@code @} of a URL, after a word that names a secret, after {@code Basic}.
 */
final class Secrets {
    private static final String HIDDEN = "***";
    private static final String NAME =
            "(?:password|passwd|passphrase|secret|token|api[-_]?key|credentials?|authorization)";

    private static final Pattern USER_INFO = Pattern.compile("(?<=://)(?:[^\\s'\"/@]*:[^\\s'\"@]*|[^\\s'\"/@]+)@");
    private static final Pattern ASSIGNED = Pattern.compile("(?i)(" + NAME + "[\\w-]*=)(?!\\*)[^\\s'\"&;,)]+");
    private static final Pattern SCHEME =
            Pattern.compile("(?i)\\b(Basic|Bearer|Negotiate)(\\s+)(?=[^\\s'\"]*[0-9=+/])[A-Za-z0-9+/._~=-]{6,}");
    private static final Pattern NAMED = Pattern.compile("(?i)[\\w.:-]*" + NAME + "[\\w.:-]*");

    /** Directives whose every argument may be a secret. */
    private static final Pattern TELLING =
            Pattern.compile("(?i).*(" + NAME + "|cryptokey|bindpass|dbdparams|basicfake|privatekey|memcachekey).*");

    private Secrets() {}

    /** Returns the text without the secrets that can be seen in it. */
    static String masked(String text) {
        if (text.indexOf('@') < 0 && text.indexOf('=') < 0 && text.indexOf(' ') < 0) {
            return text;
        }
        String without = USER_INFO.matcher(text).replaceAll(HIDDEN + "@");
        without = ASSIGNED.matcher(without).replaceAll("$1" + HIDDEN);
        return SCHEME.matcher(without).replaceAll("$1$2" + HIDDEN);
    }

    /** Returns what a message may show of a directive's arguments: those behind a name of a secret are hidden. */
    static String arguments(String directive, String arguments) {
        if (arguments.isBlank()) {
            return arguments;
        }
        if (TELLING.matcher(directive).matches()) {
            return HIDDEN;
        }
        List<String> words = new HttpdWords(arguments).all();
        if (directive.toLowerCase(Locale.ROOT).startsWith("proxyremote") && words.size() > 2) {
            return masked(words.get(0) + " " + words.get(1)) + " " + HIDDEN;
        }
        for (int i = 0; i + 1 < words.size(); i++) {
            if (NAMED.matcher(words.get(i)).matches()) {
                List<String> shown = new ArrayList<>(words.subList(0, i + 1));
                shown.add(HIDDEN);
                return masked(String.join(" ", shown));
            }
        }
        return masked(arguments);
    }
}
