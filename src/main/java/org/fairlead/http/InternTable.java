package org.fairlead.http;

import java.nio.charset.StandardCharsets;

/** An intern table of frequent texts in ISO 8859-1, which avoids a new string for each occurrence. Immutable. */
final class InternTable {
    private final String[] table = new String[1024];
    private final byte[][] spelled = new byte[table.length][];

    /**
     * @param texts not empty
     * @throws IllegalArgumentException if two of them would have the same place
     */
    InternTable(String... texts) {
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            int slot = slot(bytes, 0, bytes.length);
            if (table[slot] != null) {
                throw new IllegalArgumentException(text + " is where " + table[slot] + " is");
            }
            table[slot] = text;
            spelled[slot] = bytes;
        }
    }

    /** Returns the text that stands in {@code bytes[start .. end)}. */
    @SuppressWarnings("deprecation") // charAt by charAt on both sides; no charset is involved
    String text(byte[] bytes, int start, int end) {
        if (start == end) {
            return "";
        }
        String known = table[slot(bytes, start, end)];
        if (known != null && equal(known, bytes, start, end)) {
            return known;
        }
        return new String(bytes, 0, start, end - start);
    }

    /** Returns a text's bytes, which callers must not change. */
    byte[] bytes(String text) {
        int slot = slot(text);
        return text.equals(table[slot]) ? spelled[slot] : text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private int slot(String text) {
        int length = text.length();
        return length == 0
                ? 0
                : slot(
                        length,
                        text.charAt(0),
                        text.charAt(length / 2),
                        text.charAt(nearEnd(length)),
                        text.charAt(length - 1));
    }

    private int slot(byte[] bytes, int start, int end) {
        int length = end - start;
        return slot(length, bytes[start], bytes[start + length / 2], bytes[start + nearEnd(length)], bytes[end - 1]);
    }

    /** Where texts differ that begin and end alike, such as {@code X-Forwarded-Host} and {@code X-Forwarded-Port}. */
    private static int nearEnd(int length) {
        return Math.max(0, length - 4);
    }

    /** The factors are such that none of the tables' texts shares its place with another. */
    private int slot(int length, int first, int middle, int nearEnd, int last) {
        return (length * 103 + first * 207 + middle * 192 + nearEnd * 88 + last * 211) & table.length - 1;
    }

    private static boolean equal(String known, byte[] bytes, int start, int end) {
        if (known.length() != end - start) {
            return false;
        }
        for (int i = 0; i < known.length(); i++) {
            if (known.charAt(i) != bytes[start + i]) {
                return false;
            }
        }
        return true;
    }
}
