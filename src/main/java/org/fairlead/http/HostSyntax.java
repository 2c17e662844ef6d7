package org.fairlead.http;

/**
 * The syntax of {@code Host} and {@code :authority}: {@code uri-host [ ":" port ]} (RFC 9110 7.2). The host is a
 * registered name or an IP literal of RFC 3986 3.2.2, so underscores, percent-encodings, sub-delimiters and labels of
 * any length and form are names. The port is 0 to 65535. Pure functions.
 */
public final class HostSyntax {
    /** A character or percent-encoding of a registered name, as a regular expression. */
    public static final String NAME_CHARACTER = "(?:[A-Za-z0-9._~!$&'()*+;=-]|%[0-9A-Fa-f]{2})";

    /** Without the comma: a value with one is two fields that were joined (RFC 9112 3.2 allows one). */
    private static final String SUB_DELIMITERS = "!$&'()*+;=";

    private static final int MAX_PORT = 65_535;

    private HostSyntax() {}

    /** Whether the value is one; an empty value is, and stands for no host (RFC 9110 7.2). */
    public static boolean isValid(String value) {
        try {
            portColon(value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Returns the position of the colon in front of the port; −1 where there is no port.
     *
     * @throws IllegalArgumentException if the value is none
     */
    public static int portColon(String value) {
        int end = value.startsWith("[") ? literalEnd(value) : nameEnd(value);
        if (end == value.length()) {
            return -1;
        }
        if (value.charAt(end) != ':' || end == 0) {
            throw new IllegalArgumentException("no host and port");
        }
        checkPort(value, end + 1);
        return end;
    }

    /** Whether a registered name (RFC 3986 3.2.2) may hold the character; a percent sign begins an encoding. */
    private static boolean mayStandInName(char c) {
        return Percent.isUnreserved(c) || SUB_DELIMITERS.indexOf(c) >= 0;
    }

    private static int nameEnd(String value) {
        int at = 0;
        while (at < value.length() && value.charAt(at) != ':') {
            if (value.charAt(at) == '%' && Percent.isValid(value, at)) {
                at += 3;
            } else if (mayStandInName(value.charAt(at))) {
                at++;
            } else {
                throw new IllegalArgumentException("a character that no host name holds");
            }
        }
        return at;
    }

    private static int literalEnd(String value) {
        int close = value.indexOf(']');
        if (close < 0 || !isIpv6(value.substring(1, close))) {
            throw new IllegalArgumentException("no IPv6 address in brackets");
        }
        return close + 1;
    }

    private static boolean isIpv6(String text) {
        return text.indexOf(':') >= 0 && IpAddress.parse(text).isPresent();
    }

    private static void checkPort(String value, int start) {
        int port = 0;
        for (int i = start; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < '0' || c > '9') {
                throw new IllegalArgumentException("no port");
            }
            port = port * 10 + c - '0';
            if (port > MAX_PORT) {
                throw new IllegalArgumentException("a port above " + MAX_PORT);
            }
        }
    }
}
