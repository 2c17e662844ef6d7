package org.fairlead.accesslog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A line buffer: a growing array of bytes, reused for the next line. Not thread-safe. */
final class LogLine {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int INITIAL_CHARS = 512;
    /** The largest buffer kept for the next line: the longest request line with all its bytes escaped fits. */
    private static final int MAX_KEPT_CHARS = 64 * 1024;

    private byte[] bytes = new byte[INITIAL_CHARS];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Empties the line. */
    void clear() {
        length = 0;
        if (bytes.length > MAX_KEPT_CHARS) {
            bytes = new byte[INITIAL_CHARS];
        }
    }

    LogLine add(char c) {
        room(1);
        bytes[length++] = (byte) c;
        return this;
    }

    LogLine add(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    /** Appends trusted text of our own: no byte of a client or member. */
    LogLine add(String ascii) {
        int n = ascii.length();
        room(n);
        for (int i = 0; i < n; i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    LogLine add(long number) {
        return add(Long.toString(number));
    }

    /** Appends a number with leading zeros up to so many digits; it is not negative. */
    LogLine padded(long number, int digits) {
        return padded(number, digits, '0');
    }

    LogLine padded(long number, int digits, char filling) {
        String text = Long.toString(number);
        for (int i = text.length(); i < digits; i++) {
            add(filling);
        }
        return add(text);
    }

    /** Appends a dash for an absent value. */
    LogLine none() {
        return add('-');
    }

    /** Appends a value, escaped; a dash if it is absent. */
    LogLine escaped(Optional<String> text) {
        return text.isPresent() ? escaped(text.get()) : none();
    }

    /**
     * Appends untrusted text. Quotes, backslashes and all that is no printable ASCII are escaped as by httpd's
     * {@code ap_escape_logitem}, so that the text can end neither its field nor the line.
     */
    LogLine escaped(String text) {
        int n = text.length();
        room(n);
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                add(c);
            } else if (c > 0xff) {
                // From the configuration, which is UTF-8; nothing on the wire has more than one byte a char.
                int end = Character.isHighSurrogate(c) && i + 1 < n ? i + 2 : i + 1;
                for (byte b : text.substring(i, end).getBytes(StandardCharsets.UTF_8)) {
                    hex(b & 0xff);
                }
                i = end - 1;
            } else {
                escape(c);
            }
        }
        return this;
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> add('\\').add(c);
            case '\b' -> add("\\b");
            case '\n' -> add("\\n");
            case '\r' -> add("\\r");
            case '\t' -> add("\\t");
            case 0x0b -> add("\\v");
            default -> hex(c);
        }
    }

    private void hex(int octet) {
        room(4);
        bytes[length++] = '\\';
        bytes[length++] = 'x';
        bytes[length++] = HEX[octet >> 4];
        bytes[length++] = HEX[octet & 15];
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
