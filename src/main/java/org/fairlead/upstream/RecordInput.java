package org.fairlead.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Optional;

/**
 * The encrypted input below TLS. It reads ahead, so that a record costs one system call and not two. It can return
 * "nothing now" between two records, which is where the decryption can take it. Used by one thread.
 */
final class RecordInput extends InputStream {
    private static final int HEADER = 5;
    private static final int SIZE = 16 * 1024 + 2048 + HEADER;

    private final PlainTransport wire;
    private final byte[] buffer = new byte[SIZE];
    private int position;
    private int end;
    private boolean mayWait = true;
    private boolean ranDry;
    private int headerSeen;
    private int recordLeft;

    RecordInput(PlainTransport wire) {
        this.wire = wire;
    }

    /**
     * The description of a fatal alert (RFC 5246 7.2) that lies unread in clear text. A member that refuses our part of
     * a handshake sends one and closes, while we may still be writing and see the broken connection first.
     */
    Optional<Integer> alert() {
        try {
            boolean alert = isAtHand() && end - position >= HEADER + 2 && buffer[position] == 21;
            return alert && buffer[position + HEADER] == 2
                    ? Optional.of(buffer[position + HEADER + 1] & 0xFF)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether there are encrypted bytes, or the member's close, that can be read without waiting. */
    boolean isAtHand() throws IOException {
        if (position < end) {
            return true;
        }
        int n = wire.readNow(buffer, 0, SIZE);
        position = 0;
        end = Math.max(0, n);
        return n != 0;
    }

    /** Sets whether reads between two records wait; within one they always do, for the rest of it is in transit. */
    void mayWait(boolean allowed) {
        mayWait = allowed;
        ranDry = false;
    }

    /** Whether a read ended because there were no bytes and it was not to wait. */
    boolean hasRunDry() {
        return ranDry;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == end) {
            if (!mayWait && isBetweenRecords() && !isAtHand()) {
                ranDry = true;
                throw new SocketTimeoutException("nothing at hand");
            }
            if (position == end) {
                position = 0;
                end = Math.max(0, wire.read(buffer, 0, SIZE));
                if (end == 0) {
                    return -1;
                }
            }
        }
        int n = Math.min(length, end - position);
        for (int i = 0; i < n; ) {
            i += follow(position + i, n - i);
        }
        System.arraycopy(buffer, position, target, offset, n);
        position += n;
        return n;
    }

    private boolean isBetweenRecords() {
        return headerSeen == 0 && recordLeft == 0;
    }

    /** Tracks the records' borders (RFC 8446 5.1); returns how many bytes were scanned. */
    private int follow(int at, int available) {
        if (recordLeft > 0) {
            int n = Math.min(recordLeft, available);
            recordLeft -= n;
            return n;
        }
        int value = buffer[at] & 0xFF;
        headerSeen++;
        if (headerSeen == HEADER - 1) {
            lengthHigh = value;
        } else if (headerSeen == HEADER) {
            recordLeft = lengthHigh << 8 | value;
            headerSeen = 0;
        }
        return 1;
    }

    private int lengthHigh;
}
