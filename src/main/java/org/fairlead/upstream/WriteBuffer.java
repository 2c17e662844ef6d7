package org.fairlead.upstream;

import java.util.Arrays;
import org.fairlead.http.Headers;

/**
 * The write buffer of a member connection: bytes are collected so that a head and the first bytes of its body leave in
 * one write. Writes heads strictly: a character that could end a line early is refused, never written (RFC 9110 5.5,
 * RFC 9112 11.1).
 *
 * <p>Open to the package: {@code bytes[0 .. end)}. Used by one thread.
 */
final class WriteBuffer {
    private static final int MAX_HEX = 7;
    private static final byte[] NONE = new byte[0];

    private final ByteArrayPool stock;
    private byte[] lent;

    byte[] bytes;
    int end;

    /** A buffer in an array of this pool, or in a bigger one of its own when a head is longer. */
    WriteBuffer(ByteArrayPool stock) {
        this.stock = stock;
        this.lent = stock.lend();
        this.bytes = lent;
    }

    /** Returns the array as soon as there is nothing more to send: a response may take long. */
    void release() {
        if (lent.length > 0) {
            stock.giveBack(lent);
            lent = NONE;
            bytes = NONE;
            end = 0;
        }
    }

    int room() {
        return bytes.length - end;
    }

    /** As {@link #requestLine(String, String, String)} for {@code HTTP/1.1}. */
    void requestLine(String method, String target) {
        requestLine(method, target, "HTTP/1.1");
    }

    /**
     * Writes {@code METHOD target VERSION}.
     *
     * @throws IllegalArgumentException if the method is no token or the target holds a space or control character
     */
    void requestLine(String method, String target, String version) {
        if (!FieldSyntax.isToken(method)) {
            throw new IllegalArgumentException("method is not a token");
        }
        if (target.isEmpty()) {
            throw new IllegalArgumentException("empty request target");
        }
        reserve(method.length() + target.length() + 16);
        literal(method);
        bytes[end++] = ' ';
        byte[] to = bytes;
        int at = end;
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c == 0x7F || c > 0xFF) {
                throw new IllegalArgumentException("control character, space or wide character in the request target");
            }
            to[at++] = (byte) c;
        }
        end = at;
        literal(" ");
        literal(version);
        endLine();
    }

    void fields(Headers headers) {
        int size = headers.size();
        for (int i = 0; i < size; i++) {
            field(headers.name(i), headers.value(i));
        }
    }

    /** @throws IllegalArgumentException if the name is no token or the value holds CR, LF, NUL or a wide character */
    void field(String name, String value) {
        if (!FieldSyntax.isToken(name)) {
            throw new IllegalArgumentException("field name is not a token");
        }
        int length = value.length();
        reserve(name.length() + length + 4);
        literal(name);
        bytes[end++] = ':';
        bytes[end++] = ' ';
        byte[] to = bytes;
        int at = end;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < ' ' && (c == '\r' || c == '\n' || c == 0) || c > 0xFF) {
                throw new IllegalArgumentException("CR, LF, NUL or wide character in the value of " + name);
            }
            to[at++] = (byte) c;
        }
        end = at;
        endLine();
    }

    void field(String name, long value) {
        field(name, Long.toString(value));
    }

    void endLine() {
        reserve(2);
        bytes[end++] = '\r';
        bytes[end++] = '\n';
    }

    /** Writes text that is known to be ASCII and harmless. */
    @SuppressWarnings("deprecation") // copies the low bytes, which is all there is in ASCII
    void literal(String ascii) {
        int length = ascii.length();
        reserve(length);
        ascii.getBytes(0, length, bytes, end);
        end += length;
    }

    /** The position of a chunk's data before its size is known; {@link #chunk} then writes the size before it. */
    int chunkData() {
        return end + MAX_HEX + 2;
    }

    /** The bytes of data that one chunk may have in the remaining room. */
    int chunkRoom() {
        return Math.min(room() - MAX_HEX - 4, (1 << 4 * MAX_HEX) - 1);
    }

    /** Makes a chunk (RFC 9112 7.1) of {@code length} bytes that lie at {@link #chunkData()}; at least 1. */
    void chunk(int length) {
        int data = chunkData();
        int digits = (35 - Integer.numberOfLeadingZeros(length)) / 4;
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            bytes[end++] = (byte) Character.forDigit(length >> shift & 15, 16);
        }
        endLine();
        System.arraycopy(bytes, data, bytes, end, length);
        end += length;
        endLine();
    }

    /** Makes room for {@code more} bytes. */
    void reserve(int more) {
        if (room() < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + more));
        }
    }
}
