package org.fairlead.http;

/**
 * A host's name as {@code ServerName} and {@code ServerAlias} have it, in which {@code *} stands for any characters, none
 * among them, and {@code ?} for one. A bracket or a backslash is a character like others: httpd compares names of hosts with
 * a function of its own, and not with APR's fnmatch, which file names and expressions are compared with. Immutable.
 *
 * @param text is compared letter for letter, so whoever compares names has both in lower case
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
