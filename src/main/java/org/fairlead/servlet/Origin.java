package org.fairlead.servlet;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a servlet with {@code targetUri} forwards to: scheme and authority of an URL, or the name of a balancer.
 *
 * @param scheme {@code http}, {@code https} or {@code balancer}
 * @param authority host and port, or the balancer's name
 */
record Origin(String scheme, String authority) {
    static final String EXPECTED = "http://host:port/path, https://host:port/path or balancer://name/path";

    private static final Pattern HOST = Pattern.compile("(?:[A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(?::(?:[0-9]{1,5})?)?");
    private static final Pattern URL =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^#]*).*", Pattern.DOTALL);

    /** @throws IOException if it is no URL of one of the three schemes */
    static Origin of(String url) throws IOException {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IOException("target '" + url + "' (expected: " + EXPECTED + ")");
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        String authority = parts.group(2).substring(parts.group(2).lastIndexOf('@') + 1);
        boolean known = scheme.equals("http") || scheme.equals("https") || scheme.equals("balancer");
        if (!known || !HOST.matcher(authority).matches()) {
            throw new IOException("target '" + url + "' (expected: " + EXPECTED + ")");
        }
        return new Origin(scheme, authority.endsWith(":") ? authority.substring(0, authority.length() - 1) : authority);
    }

    /** Path and query of an URL, or of what is a path already; {@code /} where it has none. */
    static String pathAndQuery(String url) {
        Matcher parts = URL.matcher(url);
        String rest = parts.matches() ? parts.group(3) : url;
        int fragment = rest.indexOf('#');
        String target = fragment < 0 ? rest : rest.substring(0, fragment);
        return target.startsWith("/") ? target : "/" + target;
    }

    /** The path of an URL without a slash at its end, so that a redirect below it can be told; may be empty. */
    static String path(String url) {
        Matcher parts = URL.matcher(url);
        String path = parts.matches() ? parts.group(3) : url;
        int query = path.indexOf('?');
        String bare = query < 0 ? path : path.substring(0, query);
        return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
    }

    boolean isBalancer() {
        return scheme.equals("balancer");
    }

    /** The authority without a port. */
    String host() {
        int port = authority.lastIndexOf(':');
        return port > authority.lastIndexOf(']') ? authority.substring(0, port) : authority;
    }

    /** Where system properties are looked up for it. */
    URI uri() {
        return URI.create(this + "/");
    }

    @Override
    public String toString() {
        return scheme + "://" + authority;
    }
}
