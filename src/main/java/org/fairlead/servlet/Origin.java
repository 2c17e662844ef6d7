package org.fairlead.servlet;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;

/**
 * Origin that a servlet with {@code targetUri} forwards to: scheme and authority of an URL, or the name of a balancer.
 *
 * @param scheme {@code http}, {@code https} or {@code balancer}
 * @param authority host and port, or the balancer's name
 */
record Origin(String scheme, String authority) {
    static final String EXPECTED = "http://host:port/path, https://host:port/path or balancer://name/path";

    private static final String HOST = "(?:[A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(?::(?:[0-9]{1,5})?)?";

    /** @throws IOException if it is no URL of one of the three schemes */
    static Origin of(String url) throws IOException {
        int rest = startOfRest(url);
        if (rest > 0) {
            int slashes = url.indexOf("://");
            String scheme = url.substring(0, slashes).toLowerCase(Locale.ROOT);
            String written = url.substring(slashes + 3, rest);
            String authority = written.substring(written.lastIndexOf('@') + 1);
            boolean known = scheme.equals("http") || scheme.equals("https") || scheme.equals("balancer");
            if (known && authority.matches(HOST)) {
                return new Origin(
                        scheme, authority.endsWith(":") ? authority.substring(0, authority.length() - 1) : authority);
            }
        }
        throw new IOException("target '" + url + "' (expected: " + EXPECTED + ")");
    }

    /** Index at which the path of a URL begins, its length if it has none; 0 for what is a path already. */
    private static int startOfRest(String url) {
        int slashes = url.indexOf("://");
        int first = end(url, 0);
        if (slashes < 0 || slashes > first) {
            return 0;
        }
        return end(url, slashes + 3);
    }

    /** The first place of a path, query or fragment. */
    private static int end(String url, int from) {
        int at = from;
        while (at < url.length() && "/?#".indexOf(url.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** Path and query of an URL, or of what is a path already; {@code /} where it has none. */
    static String pathAndQuery(String url) {
        String rest = url.substring(startOfRest(url));
        int fragment = rest.indexOf('#');
        String target = fragment < 0 ? rest : rest.substring(0, fragment);
        return target.startsWith("/") ? target : "/" + target;
    }

    /** The path of an URL without a slash at its end, so that a redirect below it is recognized; may be empty. */
    static String path(String url) {
        String path = url.substring(startOfRest(url));
        String bare = path.substring(0, Math.min(at(path, '?'), at(path, '#')));
        return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
    }

    private static int at(String text, char c) {
        int index = text.indexOf(c);
        return index < 0 ? text.length() : index;
    }

    boolean isBalancer() {
        return scheme.equals("balancer");
    }

    /** The authority without a port. */
    String host() {
        int port = authority.lastIndexOf(':');
        return port > authority.lastIndexOf(']') ? authority.substring(0, port) : authority;
    }

    /** URI under which system properties are looked up. */
    URI uri() {
        return URI.create(this + "/");
    }

    @Override
    public String toString() {
        return scheme + "://" + authority;
    }
}
