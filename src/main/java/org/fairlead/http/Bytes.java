package org.fairlead.http;

import java.nio.charset.StandardCharsets;

/**
 * Conversion of the operator's text to the form of request text: one char for each byte, where the operator's bytes are
 * UTF-8. Pure functions.
 */
public final class Bytes {
    private Bytes() {}

    /** Returns {@code text} itself where it is ASCII, which it nearly always is. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7E) {
                return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            }
        }
        return text;
    }

    /** The same for a variable, which holds bytes already unless it holds a character that is none. */
    public static String ofVariable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return of(text);
            }
        }
        return text;
    }
}
