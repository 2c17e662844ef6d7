package org.fairlead.wire;

import java.nio.charset.StandardCharsets;

/**
 * How the tables write bytes: one character per byte, and a sign for each one that could not be seen.
 *
 * <p>{@code |} is CR LF and {@code ¦} a bar. {@code ␍ ␊ ␀ ␉ ␋ ␌ ␛ ␡ ␠} are CR, LF, NUL, TAB, VT, FF, ESC, DEL and SP.
 */
final class Notation {
    private static final String SIGNS = "␍␊␀␉␋␌␛␡␠¦";
    private static final String MEANT = "\r\n\0\t\013\f\033\177 |";

    private Notation() {}

    /** Returns the characters that are meant, each of which is one byte of ISO 8859-1. */
    static String text(String notation) {
        StringBuilder text = new StringBuilder(notation.length() + 16);
        for (char c : notation.toCharArray()) {
            int sign = SIGNS.indexOf(c);
            if (c == '|') {
                text.append("\r\n");
            } else {
                text.append(sign < 0 ? c : MEANT.charAt(sign));
            }
        }
        return text.toString();
    }

    /** Returns the bytes that are meant. */
    static byte[] bytes(String notation) {
        String text = text(notation);
        if (!StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("not one byte per character: " + notation);
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns what a person can read of the bytes, shortened where they are many. */
    static String shown(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        StringBuilder shown = new StringBuilder();
        for (char c : text.substring(0, Math.min(text.length(), 700)).toCharArray()) {
            int sign = c == ' ' ? -1 : MEANT.indexOf(c);
            shown.append(sign < 0 ? c : SIGNS.charAt(sign));
        }
        return shown.toString().replace("␍␊", "|") + (text.length() > 700 ? "…(" + text.length() + ")" : "");
    }
}
