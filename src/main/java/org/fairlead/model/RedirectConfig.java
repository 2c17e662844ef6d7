package org.fairlead.model;

/**
 * One {@code Redirect} or {@code RedirectMatch} line (mod_alias).
 *
 * @param from which paths it is for
 * @param status the response status, 100 to 599
 * @param target where to, for a status from 300 to 399: a URL or a path of this server; empty for any other status.
 *     Behind a prefix comes the rest of the path; of an expression {@code $0} to {@code $9} are filled in; for a whole
 *     section it is a string expression
 */
public record RedirectConfig(From from, int status, String target, Source source) {
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
        int colon = target.indexOf(':');
        return colon > 0 && target.substring(0, colon).chars().allMatch(RedirectConfig::isOfScheme);
    }

    private static boolean isOfScheme(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "+.-".indexOf(c) >= 0;
    }

    /** Whether a response of this status redirects. */
    public static boolean isRedirect(int status) {
        return status >= 300 && status <= 399;
    }
}
