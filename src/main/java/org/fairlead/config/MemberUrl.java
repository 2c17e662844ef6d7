package org.fairlead.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairlead.http.HostSyntax;
import org.fairlead.model.MemberAddress;
import org.fairlead.model.MemberProtocol;

/**
 * The URL of a {@code BalancerMember} or a {@code ProxyPass}: {@code http://host:8000/app}, {@code https}, {@code ws},
 * {@code wss}, {@code ajp} or {@code unix:/path|http://host/}. The hosts that may be connected to are decided here and
 * nowhere else: host and port are fixed before the first request.
 *
 * @param scheme http, https, ws, wss or ajp
 * @param path what follows the authority, as written; empty or with a leading slash, or with a leading {@code $1} in
 *     the target of a regular expression
 */
record MemberUrl(String scheme, MemberAddress address, String path) {
    private static final Pattern UNIX = Pattern.compile("unix:([^|]*)\\|(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(?://)?([^/?#]*)(.*)");
    private static final Pattern AUTHORITY = Pattern.compile(
            "(\\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9]+)?]|" + HostSyntax.NAME_CHARACTER + "+)(?::(\\d{1,5}))?");
    private static final String SCHEMES =
            "http://host:port/, https://, ws://, wss://, ajp:// or unix:/path|http://host/";

    /**
     * Reads a URL.
     *
     * @param expression whether it is the target of a regular expression, so that its path may hold {@code $0} to
     *     {@code $9}
     * @throws IllegalArgumentException whose message is what was expected instead
     */
    static MemberUrl parse(String text, boolean expression) {
        Matcher unix = UNIX.matcher(text);
        if (unix.matches()) {
            String socket = unix.group(1);
            if (!socket.startsWith("/")) {
                throw new IllegalArgumentException("an absolute path after unix:");
            }
            MemberUrl over = parseTcp(unix.group(2), expression, true);
            MemberAddress address = new MemberAddress(
                    over.address.protocol(), over.address.host(), over.address.port(), Optional.of(Path.of(socket)));
            return new MemberUrl(over.scheme, address, over.path);
        }
        return parseTcp(text, expression, false);
    }

    private static MemberUrl parseTcp(String text, boolean expression, boolean hostOptional) {
        Matcher m = URL.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("a URL: " + SCHEMES);
        }
        String scheme = m.group(1).toLowerCase(Locale.ROOT);
        MemberProtocol protocol = protocol(scheme, m.group(2));
        if (!hostOptional && !text.contains("://")) {
            throw new IllegalArgumentException("a URL: " + SCHEMES);
        }
        String authority = m.group(2);
        String path = m.group(3);
        int reference = expression ? authority.indexOf('$') : -1;
        if (reference >= 0) {
            refuseReferenceInAuthority(authority, reference, path);
            path = authority.substring(reference) + path;
            authority = authority.substring(0, reference);
        }
        return new MemberUrl(scheme, address(protocol, authority, hostOptional), checkedPath(path));
    }

    /** {@code http://host:8000$1} is allowed, because any text after the port's digits is taken as the path. */
    private static void refuseReferenceInAuthority(String authority, int reference, String path) {
        String before = authority.substring(0, reference);
        if (!before.matches(".*:\\d+")) {
            String host = before.matches("[A-Za-z0-9.-]+:?") ? before.replace(":", "") : "host";
            throw new IllegalArgumentException("no $ in host or port, because a request could then choose where we"
                    + " connect; write a line for each host, with its name in the pattern and in the URL; in the path $"
                    + " may stand: http://" + host + "/$1");
        }
    }

    private static MemberProtocol protocol(String scheme, String authority) {
        return switch (scheme) {
            case "http", "ws" -> MemberProtocol.HTTP;
            case "https", "wss" -> MemberProtocol.HTTPS;
            case "ajp" -> MemberProtocol.AJP;
            case "h2", "h2c" ->
                throw new IllegalArgumentException((scheme.equals("h2") ? "https" : "http") + "://" + authority
                        + "; members are spoken to in HTTP/1.1");
            case "fcgi", "scgi", "uwsgi", "ftp", "fd" ->
                throw new IllegalArgumentException(SCHEMES + "; " + scheme + " is not spoken");
            default -> throw new IllegalArgumentException(SCHEMES);
        };
    }

    private static MemberAddress address(MemberProtocol protocol, String authority, boolean hostOptional) {
        int standard = protocol.standardPort();
        if (authority.isEmpty() && hostOptional) {
            return new MemberAddress(protocol, "localhost", standard, Optional.empty());
        }
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("no user name or password in the URL");
        }
        Matcher m = AUTHORITY.matcher(authority);
        // A name with a dollar sign is a reference that was meant for an expression.
        if (!m.matches() || authority.indexOf('$') >= 0) {
            throw new IllegalArgumentException("a host name or address and a port, 1 to 65535");
        }
        int port = m.group(2) == null ? standard : Integer.parseInt(m.group(2));
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port, 1 to 65535");
        }
        String host = m.group(1).toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        return new MemberAddress(protocol, host, port, Optional.empty());
    }

    private static String checkedPath(String path) {
        if (path.indexOf('?') >= 0) {
            throw new IllegalArgumentException("no query; the request's own is added");
        }
        if (path.indexOf('#') >= 0) {
            throw new IllegalArgumentException("no fragment");
        }
        if (path.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("no blank or control character in the URL");
        }
        return path;
    }

    boolean isWebSocket() {
        return scheme.startsWith("ws");
    }

    /** The URL without its path, in canonical form; a Unix socket in front. */
    String origin() {
        String socket = address.unixSocket().map(path -> "unix:" + path + "|").orElse("");
        return socket + scheme + "://" + address.authority();
    }

    /** The URL in canonical form. */
    @Override
    public String toString() {
        return origin() + path;
    }

    /** The path without a slash at its end: what goes in front of a forwarded path. */
    String basePath() {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
