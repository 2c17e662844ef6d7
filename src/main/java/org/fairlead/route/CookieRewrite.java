package org.fairlead.route;

import java.util.ArrayList;
import java.util.List;
import org.fairlead.http.Bytes;
import org.fairlead.model.CookieConfig;

/**
 * {@code ProxyPassReverseCookieDomain} and {@code …CookiePath}: edits the value of the one attribute in the raw text of
 * a {@code Set-Cookie} and leaves every other byte as it came. Immutable.
 */
final class CookieRewrite {
    private final List<CookieConfig> domains;
    private final List<CookieConfig> paths;

    private CookieRewrite(List<CookieConfig> domains, List<CookieConfig> paths) {
        this.domains = domains;
        this.paths = paths;
    }

    static CookieRewrite of(List<CookieConfig> domains, List<CookieConfig> paths) {
        return new CookieRewrite(inBytes(domains), inBytes(paths));
    }

    private static List<CookieConfig> inBytes(List<CookieConfig> rules) {
        return rules.stream()
                .map(r -> new CookieConfig(Bytes.of(r.internal()), Bytes.of(r.published()), r.source()))
                .toList();
    }

    CookieRewrite with(List<CookieConfig> moreDomains, List<CookieConfig> morePaths) {
        return new CookieRewrite(joined(domains, inBytes(moreDomains)), joined(paths, inBytes(morePaths)));
    }

    private static List<CookieConfig> joined(List<CookieConfig> first, List<CookieConfig> second) {
        List<CookieConfig> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    boolean isEmpty() {
        return domains.isEmpty() && paths.isEmpty();
    }

    /** Returns the cookie as the client shall see it; {@code setCookie} itself where no rule is for it. */
    String rewrite(String setCookie, String mountPath) {
        int semicolon = setCookie.indexOf(';');
        if (semicolon < 0) {
            return setCookie;
        }
        StringBuilder result = new StringBuilder(setCookie.length() + 16).append(setCookie, 0, semicolon);
        while (semicolon < setCookie.length()) {
            int next = setCookie.indexOf(';', semicolon + 1);
            int end = next < 0 ? setCookie.length() : next;
            attribute(setCookie.substring(semicolon, end), mountPath, result);
            semicolon = end;
        }
        return result.toString();
    }

    /** @param text from its semicolon to before the next one */
    private void attribute(String text, String mountPath, StringBuilder result) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            result.append(text);
            return;
        }
        String name = text.substring(1, equals).trim();
        int start = equals + 1;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        String value = text.substring(start, end);
        result.append(text, 0, start);
        if (name.equalsIgnoreCase("Path")) {
            result.append(path(value, mountPath));
        } else if (name.equalsIgnoreCase("Domain")) {
            result.append(domain(value));
        } else {
            result.append(value);
        }
        result.append(text, end, text.length());
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /**
     * The whole domain becomes the published one, as in httpd: a suffix after a host name's prefix is no part of our
     * name.
     */
    private String domain(String value) {
        for (CookieConfig rule : domains) {
            String internal = rule.internal();
            if (value.regionMatches(true, 0, internal, 0, internal.length())) {
                return rule.published();
            }
        }
        return value;
    }

    /** The matched prefix becomes the published path and the rest is kept, where httpd loses it. */
    private String path(String value, String mountPath) {
        for (CookieConfig rule : paths) {
            String internal = rule.internal();
            int length = internal.length();
            boolean whole = value.length() == length || internal.endsWith("/");
            if (value.startsWith(internal) && (whole || value.charAt(length) == '/')) {
                return mounted(join(rule.published(), value.substring(length)), mountPath);
            }
        }
        return value;
    }

    private static String join(String published, String rest) {
        if (rest.isEmpty()) {
            return published;
        }
        if (published.endsWith("/") && rest.startsWith("/")) {
            return published + rest.substring(1);
        }
        return published.endsWith("/") || rest.startsWith("/") ? published + rest : published + "/" + rest;
    }

    private static String mounted(String path, String mountPath) {
        if (mountPath.isEmpty()) {
            return path;
        }
        return path.equals("/") ? mountPath : mountPath + path;
    }
}
