package org.fairlead.exchange;

/** Percent-encodings (RFC 3986 2.1) in text that holds one char for each byte. */
final class Percent {
    private Percent() {}

    /** Whether two hexadecimal digits follow the percent sign at {@code at}. */
    static boolean isValid(String text, int at) {
        return at + 2 < text.length()
                && Character.digit(text.charAt(at + 1), 16) >= 0
                && Character.digit(text.charAt(at + 2), 16) >= 0
                && text.charAt(at + 1) < 0x80
                && text.charAt(at + 2) < 0x80;
    }

    /** The byte that the valid encoding at {@code at} stands for. */
    static char decode(String text, int at) {
        return (char) (Character.digit(text.charAt(at + 1), 16) << 4 | Character.digit(text.charAt(at + 2), 16));
    }

    /** Letters, digits and {@code -._~}: encoded or not, they mean the same to every reader (RFC 3986 2.3). */
    static boolean isUnreserved(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
