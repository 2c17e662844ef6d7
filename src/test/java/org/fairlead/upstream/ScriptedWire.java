package org.fairlead.upstream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** A wire that delivers given pieces, one for each read, and then the member's end. */
final class ScriptedWire implements Wire {
    private final Deque<byte[]> pieces = new ArrayDeque<>();

    ScriptedWire(byte[]... pieces) {
        for (byte[] piece : pieces) {
            if (piece.length > 0) {
                this.pieces.add(piece);
            }
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (pieces.isEmpty()) {
            return -1;
        }
        byte[] piece = pieces.removeFirst();
        int n = Math.min(length, piece.length);
        System.arraycopy(piece, 0, target, offset, n);
        if (n < piece.length) {
            byte[] rest = new byte[piece.length - n];
            System.arraycopy(piece, n, rest, 0, rest.length);
            pieces.addFirst(rest);
        }
        return n;
    }

    @Override
    public int readNow(byte[] target, int offset, int length) {
        return 0;
    }

    @Override
    public boolean await(Duration longest) {
        return true;
    }

    @Override
    public void write(byte[] source, int offset, int length) {}

    @Override
    public Upload upload() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isDrainedByShortRead() {
        return true;
    }

    @Override
    public void limit(Duration silence) {}

    @Override
    public void shutdownOutput() {}

    @Override
    public void farewell() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
