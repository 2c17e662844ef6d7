package org.fairlead.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairlead.config.WorkerTable.BalancerUrl;

/**
 * The target of a rule with {@code P}. Scheme, host and port stand literally in the configuration; only the path may
 * come from a request, so that no request chooses the host that we connect to (CVE-2024-39573).
 *
 * @param origin scheme and authority, as written
 * @param path what follows, with variables and back-references; empty, or starts with a slash or with what will
 */
record RewriteTarget(String origin, String path) {
    private static final Pattern ORIGIN = Pattern.compile(
            "((?:unix:[^|$%]*\\|)?[a-z][a-z0-9+.-]*://(?:\\[[0-9a-f:.]*]|[^/?$%\\\\\\[]*)(?::\\d+)?)(.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern WHOLE_PATH_FIRST = Pattern.compile("\\^?\\((?:\\.[*+]|/).*", Pattern.DOTALL);

    /**
     * Takes a substitution apart.
     *
     * @param pattern the rule's, which tells whether what a group takes begins with a slash
     * @throws IllegalArgumentException whose message is what was expected instead
     */
    static RewriteTarget parse(String substitution, String pattern) {
        Matcher m = ORIGIN.matcher(substitution);
        if (!m.matches() || m.group(1).endsWith("//")) {
            boolean url = substitution.matches("(?i)[a-z]+://.*");
            throw new IllegalArgumentException(
                    url
                            ? "a host that stands there as it is, so that no request chooses whom we connect to; a rule for"
                                    + " each host, with a RewriteCond, or a balancer does it"
                            : "with P a whole URL: balancer://name/path or http://host:port/path");
        }
        String path = m.group(2);
        if (!path.isEmpty() && "/?".indexOf(path.charAt(0)) < 0 && !beginsWithSlash(path, pattern, m.group(1))) {
            throw new IllegalArgumentException(
                    "a slash behind host and port, where the path begins: " + m.group(1) + "/" + path);
        }
        return new RewriteTarget(m.group(1), path);
    }

    /** What is filled in there begins with a slash, or else the request is refused; so a port's digits are enough. */
    private static boolean beginsWithSlash(String path, String pattern, String origin) {
        return path.toUpperCase(Locale.ROOT).startsWith("%{REQUEST_URI}")
                || path.startsWith("$0")
                || path.startsWith("$1") && WHOLE_PATH_FIRST.matcher(pattern).matches()
                || path.startsWith("$") && origin.matches(".*:\\d+");
    }

    Optional<BalancerUrl> balancer() {
        return BalancerUrl.of(origin);
    }

    /** The part of the path that no request changes. */
    String literalPath() {
        int end = 0;
        while (end < path.length() && "$%\\?".indexOf(path.charAt(end)) < 0) {
            end++;
        }
        return path.substring(0, end);
    }
}
