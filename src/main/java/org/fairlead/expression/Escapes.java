package org.fairlead.expression;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Percent and base64 escapes with httpd's corner cases. Pure functions. */
final class Escapes {
    /** What httpd leaves alone in a path besides letters and digits (ap_escape_uri). */
    private static final String SAFE_IN_PATH = "$-_.+!*'(),:;@&=/~";

    private Escapes() {}

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean safe = c < 128 && Character.isLetterOrDigit(c) || SAFE_IN_PATH.indexOf(c) >= 0;
            if (safe) {
                escaped.append(c);
            } else {
                escaped.append(String.format("%%%02x", (int) c));
            }
        }
        return escaped.toString();
    }

    /** Undoes percent escapes but for that of the slash; empty for a broken escape and for NUL. */
    static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                plain.append(c);
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low < 0 || high * 16 + low == 0) {
                return "";
            }
            char value = (char) (high * 16 + low);
            if (value == '/') {
                plain.append(text, i, i + 3);
            } else {
                plain.append(value);
            }
            i += 2;
        }
        return plain.toString();
    }

    /** Decodes as much as is base64, and no further than a NUL. */
    static String unbase64(String text) {
        int end = 0;
        while (end < text.length() && isBase64(text.charAt(end))) {
            end++;
        }
        // One digit left over says nothing: six bits make no byte.
        String digits = text.substring(0, end % 4 == 1 ? end - 1 : end);
        String plain = new String(Base64.getDecoder().decode(digits), StandardCharsets.ISO_8859_1);
        int nul = plain.indexOf('\0');
        return nul < 0 ? plain : plain.substring(0, nul);
    }

    private static boolean isBase64(char c) {
        return c < 128 && Character.isLetterOrDigit(c) || c == '+' || c == '/';
    }
}
