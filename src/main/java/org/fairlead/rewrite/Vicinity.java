package org.fairlead.rewrite;

import java.util.List;

/** What a host calls itself, to which a rule's URL is compared and its path is added. Immutable. */
final class Vicinity {
    private final List<String> names;

    /** @param names {@code ServerName} and {@code ServerAlias}, lower case; {@code *} and {@code ?} stand for text */
    Vicinity(List<String> names) {
        this.names = List.copyOf(names);
    }

    /** A path made a whole URL of this host, as the client knows it. */
    String qualified(Run run) {
        String scheme = run.exchange().connection().scheme();
        String port = run.variables().value("SERVER_PORT");
        String path = run.path().startsWith("/") ? run.path() : "/" + run.path();
        boolean standard = port.equals(scheme.equals("https") ? "443" : "80");
        return scheme + "://" + run.variables().value("SERVER_NAME") + (standard ? "" : ":" + port)
                + run.exchange().mountPath() + path;
    }

    /** Takes scheme and authority off a URL that is this host's own, so that it is a local path. */
    void reduce(Run run) {
        String prefix = run.exchange().connection().scheme() + "://";
        String url = run.path();
        if (!url.regionMatches(true, 0, prefix, 0, prefix.length())) {
            return;
        }
        int slash = url.indexOf('/', prefix.length());
        String authority = url.substring(prefix.length(), slash < 0 ? url.length() : slash);
        int colon = authority.indexOf(':');
        int port = colon < 0
                ? run.exchange().connection().secure() ? 443 : 80
                : ConditionTest.number(authority.substring(colon + 1));
        String host = Maps.lower(colon < 0 ? authority : authority.substring(0, colon));
        if (port == run.exchange().connection().localPort() && names.stream().anyMatch(name -> matches(name, host))) {
            run.reduce(slash < 0 ? "/" : url.substring(slash));
        }
    }

    /** Simple wildcards, in time linear in the product of both lengths. */
    private static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int starName = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starName = n;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++starName;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
