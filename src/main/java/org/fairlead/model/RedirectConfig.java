package org.fairlead.model;

import java.util.regex.Pattern;

/**
 * One {@code Redirect} or {@code RedirectMatch} line (mod_alias).
 *
 * @param from which paths it is for
 * @param status what is answered, 100 to 599
 * @param target where to, for a status from 300 to 399: a URL or a path of this server; empty for any other status.
 *     Behind a prefix comes the rest of the path; of an expression {@code $0} to {@code $9} are filled in; for a whole
 *     section it is a string expression
 */
public record RedirectConfig(From from, int status, String target, Source source) {
    private static final Pattern URL = Pattern.compile("[A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    /** Which paths. */
    public sealed interface From {
        /** Whole segments, as {@link PathMatch.Prefix} has it. */
        record Prefix(String path) implements From {}

        /** A regular expression, found anywhere in the path unless anchored. */
        record Expression(String pattern) implements From {}

        /** Every path of the section that the line stands in. */
        record Section() implements From {}
    }

    public RedirectConfig {
        Check.range("status", status, 100, 599);
        if (isRedirect(status) == target.isEmpty()) {
            throw new IllegalArgumentException(
                    "status " + status + (target.isEmpty() ? " needs a target" : " takes no target"));
        }
    }

    /** Whether a target is taken for a whole URL: it begins with a scheme. */
    public static boolean isUrl(String target) {
        return URL.matcher(target).matches();
    }

    /** Whether an answer of this status leads somewhere else. */
    public static boolean isRedirect(int status) {
        return status >= 300 && status <= 399;
    }
}
