package org.fairlead.upstream;

import java.io.IOException;
import java.util.Arrays;

/**
 * The read buffer of a member connection: bytes received and not yet used. The parsers of this package work on them in
 * place: {@code bytes[position .. end)}. Belongs to one connection; used by one thread.
 *
 * <p>It owns a small array for heads and for waiting. A body may lend it a bigger one for as long as bytes come in
 * bulk, so that a connection on which nothing moves holds little.
 */
final class ReadBuffer {
    private static final int BUFFER_BYTES = 8192;

    private final Transport wire;
    private final byte[] own = new byte[BUFFER_BYTES];
    private boolean ended;

    byte[] bytes = own;
    int position;
    int end;

    ReadBuffer(Transport wire) {
        this.wire = wire;
    }

    boolean isEmpty() {
        return position == end;
    }

    int length() {
        return end - position;
    }

    /** Whether the member was seen to end its side; there may still be unused bytes. */
    boolean hasEnded() {
        return ended;
    }

    /**
     * Reads more behind the bytes that are there, blocking; room is made if need be.
     *
     * @return bytes read, at least 1; −1 = the member has ended its side
     */
    int fill() throws IOException {
        makeRoom();
        int n = wire.read(bytes, end, bytes.length - end);
        return note(n);
    }

    /** Reads what is at hand and never blocks: 0 = nothing now, −1 = the member has ended its side. */
    int fillNow() throws IOException {
        makeRoom();
        return note(wire.readNow(bytes, end, bytes.length - end));
    }

    private int note(int n) {
        if (n > 0) {
            end += n;
        } else if (n < 0) {
            ended = true;
        }
        return n;
    }

    private void makeRoom() {
        if (position == end) {
            position = 0;
            end = 0;
        } else if (end == bytes.length) {
            if (position == 0) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
            } else {
                System.arraycopy(bytes, position, bytes, 0, end - position);
                end -= position;
                position = 0;
            }
        }
    }

    /** Takes a bigger array to read into; the unused bytes move there. Returned by {@link #useOwn()}. */
    void use(byte[] bigger) {
        move(bigger);
    }

    /** Goes back to the small array if the unused bytes fit, and returns the one that was lent. */
    byte[] useOwn() {
        byte[] lent = bytes;
        if (lent != own) {
            move(length() <= own.length ? own : Arrays.copyOfRange(bytes, position, end));
        }
        return lent;
    }

    boolean usesOwn() {
        return bytes == own;
    }

    private void move(byte[] to) {
        int length = end - position;
        System.arraycopy(bytes, position, to, 0, length);
        bytes = to;
        position = 0;
        end = length;
    }
}
