package org.fairlead.http;

/** Percent-encodings (RFC 3986 2.1) in text that holds one char for each byte. Pure functions. */
public final class Percent {
    /** Besides letters and digits, what httpd's {@code ap_os_escape_path} and {@code ap_proxy_canonenc} let stand. */
    private static final String SAFE_IN_PATH = "$-_.+!*'(),:;@&=/~";

    private Percent() {}

    /** Whether two hexadecimal digits follow the percent sign at {@code at}. */
    public static boolean isValid(String text, int at) {
        return at + 2 < text.length()
                && Character.digit(text.charAt(at + 1), 16) >= 0
                && Character.digit(text.charAt(at + 2), 16) >= 0
                && text.charAt(at + 1) < 0x80
                && text.charAt(at + 2) < 0x80;
    }

    /** The byte that the valid encoding at {@code at} stands for. */
    public static char decode(String text, int at) {
        return (char) (Character.digit(text.charAt(at + 1), 16) << 4 | Character.digit(text.charAt(at + 2), 16));
    }

    /** Letters, digits and {@code -._~}: encoded or not, they mean the same to every reader (RFC 3986 2.3). */
    public static boolean isUnreserved(char c) {
        return isAlphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
    }

    /** Letters and digits of ASCII. */
    public static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /** What httpd leaves as it is in a path. */
    public static boolean isSafeInPath(char c) {
        return isAlphanumeric(c) || SAFE_IN_PATH.indexOf(c) >= 0;
    }

    /** Appends a byte as httpd's {@code ap_os_escape_path} does: as it is, or encoded with small letters. */
    public static void appendInPath(StringBuilder out, char c) {
        if (isSafeInPath(c)) {
            out.append(c);
        } else {
            appendLower(out, c);
        }
    }

    /** Appends the encoding of a byte with small letters, as mod_rewrite and mod_alias write it. */
    public static void appendLower(StringBuilder out, char c) {
        append(out, c, "0123456789abcdef");
    }

    /** Appends the encoding of a byte with capital letters, as mod_proxy writes it. */
    public static void appendUpper(StringBuilder out, char c) {
        append(out, c, "0123456789ABCDEF");
    }

    /**
     * A path in which every byte that RFC 3986 3.3 allows in no path is encoded, with capital letters as mod_proxy
     * does. A percent sign stays as it is. Most paths are returned as they are.
     */
    static String inPath(String path) {
        int at = 0;
        while (at < path.length() && mayStandInPath(path.charAt(at))) {
            at++;
        }
        if (at == path.length()) {
            return path;
        }
        StringBuilder encoded = new StringBuilder(path.length() + 16).append(path, 0, at);
        for (; at < path.length(); at++) {
            char c = path.charAt(at);
            if (mayStandInPath(c)) {
                encoded.append(c);
            } else {
                appendUpper(encoded, c);
            }
        }
        return encoded.toString();
    }

    private static boolean mayStandInPath(char c) {
        return isAlphanumeric(c) || c == '%' || SAFE_IN_PATH.indexOf(c) >= 0;
    }

    private static void append(StringBuilder out, char c, String digits) {
        out.append('%').append(digits.charAt(c >> 4 & 15)).append(digits.charAt(c & 15));
    }

    /** The operator's text as part of a request target: characters not allowed there and beyond ASCII are encoded. */
    public static String inTarget(String text) {
        String bytes = Bytes.of(text);
        StringBuilder target = new StringBuilder(bytes.length());
        for (int i = 0; i < bytes.length(); i++) {
            char c = bytes.charAt(i);
            if (c > ' ' && c < 0x7F && c != '#') {
                target.append(c);
            } else {
                appendUpper(target, c);
            }
        }
        return target.toString();
    }
}
