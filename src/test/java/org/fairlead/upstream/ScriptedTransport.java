package org.fairlead.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A wire that delivers given pieces, one for each read, and then the member's end, or the same pieces again. */
final class ScriptedTransport implements Transport {
    private final List<byte[]> pieces = new ArrayList<>();
    private final boolean again;
    private int next;
    /** Bytes of the next piece. */
    private int told;

    ScriptedTransport(byte[]... pieces) {
        this(false, pieces);
    }

    private ScriptedTransport(boolean again, byte[]... pieces) {
        this.again = again;
        for (byte[] piece : pieces) {
            if (piece.length > 0) {
                this.pieces.add(piece);
            }
        }
    }

    /** A member that says the same whenever it is listened to. */
    static ScriptedTransport repeating(byte[] words) {
        return new ScriptedTransport(true, words);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (next == pieces.size() && again) {
            next = 0;
        }
        if (next == pieces.size()) {
            return -1;
        }
        byte[] piece = pieces.get(next);
        int n = Math.min(length, piece.length - told);
        System.arraycopy(piece, told, target, offset, n);
        told += n;
        if (told == piece.length) {
            told = 0;
            next++;
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
    public void closeNotify() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
