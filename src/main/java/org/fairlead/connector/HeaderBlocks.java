package org.fairlead.connector;

import java.nio.ByteBuffer;
import java.util.function.IntConsumer;
import org.fairlead.model.ReadTimeout;

/**
 * Header blocks of an HTTP/2 connection (RFC 9113 4.3) while they come in, as the frames show that have been read.
 * Tomcat tells of a block at its end only. A block is open from a HEADERS frame without END_HEADERS on, and while a
 * frame that may begin one has come in part. One thread at a time reads frames; another one asks for the time.
 */
final class HeaderBlocks {
    private static final int FRAME_HEAD_BYTES = 9;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;

    /** Buffers of a read: the head of a frame and what follows; before the first frame also the preface. */
    private static final int BUFFERS = 2;

    private final IntConsumer length;
    private volatile ByteBuffer[] reading = {};
    private volatile boolean open;
    private volatile long since;
    private volatile int bytes;

    /** The read in which a frame had come in part, and since when; used by the asking thread alone. */
    private ByteBuffer[] watched = {};

    private long watchedSince;

    /** @param length is told how many bytes of an open block have come, and 0 when a block that was open is whole */
    HeaderBlocks(IntConsumer length) {
        this.length = length;
    }

    /** Notes the buffers of the next read; those of the read before have been parsed. */
    void read(ByteBuffer[] next) {
        ByteBuffer[] before = reading;
        reading = next;
        if (before.length == BUFFERS && before[0].position() == FRAME_HEAD_BYTES) {
            parsed(before[0], before[1]);
        }
    }

    /** The frames that were whole: the first, and those that came with it. */
    private void parsed(ByteBuffer first, ByteBuffer rest) {
        int end = frameLength(first, 0);
        if (end <= rest.limit()) {
            came(first, 0);
        }
        while (end + FRAME_HEAD_BYTES <= rest.limit()
                && end + FRAME_HEAD_BYTES + frameLength(rest, end) <= rest.limit()) {
            came(rest, end);
            end += FRAME_HEAD_BYTES + frameLength(rest, end);
        }
    }

    private void came(ByteBuffer frame, int at) {
        int type = frame.get(at + 3);
        if (type != HEADERS && type != CONTINUATION) {
            return;
        }
        if ((frame.get(at + 4) & END_HEADERS) == 0) {
            if (!open) {
                since = System.nanoTime();
                open = true;
            }
            bytes += frameLength(frame, at);
            length.accept(bytes);
        } else if (open) {
            open = false;
            bytes = 0;
            length.accept(0);
        }
    }

    private static int frameLength(ByteBuffer frame, int at) {
        return (frame.get(at) & 0xFF) << 16 | (frame.get(at + 1) & 0xFF) << 8 | frame.get(at + 2) & 0xFF;
    }

    /**
     * Whether the block that is open now has taken too long. Called by one thread.
     *
     * @param now in {@link System#nanoTime}
     */
    boolean isOverdue(ReadTimeout limit, long now) {
        ByteBuffer[] read = reading;
        if (open) {
            return now - since > limit.allowed(bytes).toNanos();
        }
        if (!isInPart(read)) {
            watched = new ByteBuffer[0];
            return false;
        }
        if (watched != read) {
            watched = read;
            watchedSince = now;
        }
        return now - watchedSince
                > limit.allowed(read[read.length - 1].position()).toNanos();
    }

    /** Whether a frame has come in part that is no DATA, or the preface is owed (RFC 9113 3.4). */
    private static boolean isInPart(ByteBuffer[] read) {
        if (read.length != BUFFERS) {
            return read.length > BUFFERS && read[0].hasRemaining();
        }
        boolean parsed = read[1].limit() < read[1].capacity();
        return !parsed
                && read[0].position() == FRAME_HEAD_BYTES
                && read[0].get(3) != DATA
                && read[1].position() < frameLength(read[0], 0);
    }
}
