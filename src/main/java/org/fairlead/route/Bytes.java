package org.fairlead.route;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What the operator wrote as characters, in the form in which requests are held: one char for each byte, of which the
 * operator's are UTF-8.
 */
final class Bytes {
    private Bytes() {}

    /** Returns {@code text} itself where it is ASCII, which it nearly always is. */
    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7E) {
                return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            }
        }
        return text;
    }

    /** The same for a variable, which holds bytes already unless it holds a character that is none. */
    static String ofVariable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return of(text);
            }
        }
        return text;
    }

    static Pattern of(Pattern pattern) {
        String text = of(pattern.pattern());
        return text.equals(pattern.pattern()) ? pattern : Pattern.compile(text, pattern.flags());
    }

    /** The same as part of a request target: what may not stand there is percent-encoded. */
    static String inTarget(String text) {
        String bytes = of(text);
        StringBuilder target = new StringBuilder(bytes.length());
        for (int i = 0; i < bytes.length(); i++) {
            char c = bytes.charAt(i);
            if (c > ' ' && c < 0x7F && c != '#') {
                target.append(c);
            } else {
                target.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return target.toString();
    }
}
