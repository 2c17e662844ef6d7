package org.fairlead.http;

/**
 * A host name pattern of {@code ServerName} and {@code ServerAlias}: {@code *} stands for any number of characters,
 * also none, and {@code ?} for one. A bracket or a backslash is an ordinary character: httpd matches host names with
 * a function of its own, not with APR's fnmatch, which matches file names and expressions. Immutable.
 *
 * @param text is compared case-sensitively, so callers that compare names convert both to lower case
 */
public record HostPattern(String text) {
    /** Whether the text holds a wildcard, so that comparing for equality would not do. */
    public boolean isWild() {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /** Whether the whole name is one that the pattern stands for; in time linear in the product of both lengths. */
    public boolean matches(String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int starName = 0;
        while (n < name.length()) {
            if (p < text.length() && text.charAt(p) == '*') {
                star = p++;
                starName = n;
            } else if (p < text.length() && (text.charAt(p) == '?' || text.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++starName;
            } else {
                return false;
            }
        }
        while (p < text.length() && text.charAt(p) == '*') {
            p++;
        }
        return p == text.length();
    }
}
