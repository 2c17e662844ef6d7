package org.fairlead.upstream;

/**
 * A writer of packets to an AJP member: {@code 0x1234}, the length of what follows in two bytes, then numbers and
 * strings. Strings are ISO 8859-1. Used by one thread.
 */
final class AjpPacketWriter {
    private static final int HEADER_BYTES = 4;

    private final WriteBuffer out;
    private final int maxBytes;
    private final int start;

    /**
     * Begins a packet.
     *
     * @param maxBytes the packet's limit, its header included
     */
    AjpPacketWriter(WriteBuffer out, int maxBytes) {
        this.out = out;
        this.maxBytes = maxBytes;
        this.start = out.end;
        number(0x1234);
        number(0);
    }

    AjpPacketWriter octet(int value) {
        out.reserve(1);
        out.bytes[out.end++] = (byte) value;
        return this;
    }

    AjpPacketWriter number(int value) {
        return octet(value >> 8).octet(value);
    }

    /** @throws IllegalArgumentException if it holds CR, LF, NUL or a wide character */
    AjpPacketWriter string(String text) {
        int length = text.length();
        checkRoom(length);
        number(length);
        out.reserve(length + 1);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0 || c > 0xFF) {
                throw new IllegalArgumentException("CR, LF, NUL or wide character in a string");
            }
            out.bytes[out.end++] = (byte) c;
        }
        return octet(0);
    }

    /** As {@link #string}, with line ends: a certificate in PEM. */
    AjpPacketWriter lines(String text) {
        checkRoom(text.length());
        number(text.length());
        out.literal(text);
        return octet(0);
    }

    /** A string that is absent. */
    AjpPacketWriter absent() {
        return number(0xFFFF);
    }

    /** Ends the packet. */
    void end() {
        checkRoom(0);
        int length = out.end - start - HEADER_BYTES;
        out.bytes[start + 2] = (byte) (length >> 8);
        out.bytes[start + 3] = (byte) length;
    }

    private void checkRoom(int more) {
        if (out.end - start + more > maxBytes) {
            throw new IllegalArgumentException(
                    "a request head of more than " + maxBytes + " bytes (iobuffersize, and packetSize of the member)");
        }
    }
}
