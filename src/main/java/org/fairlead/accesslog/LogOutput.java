package org.fairlead.accesslog;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lines on their way to one target. Whoever has a line and finds nobody writing writes it, and all that others have
 * added meanwhile; those do not wait. So the disk is waited for by one thread at most, a line is out when its request's
 * thread goes on unless another thread is about to write it, and there is no thread to start, wake or stop. Nothing is
 * dropped while the target takes bytes: when too much has come together, requests wait. Thread-safe.
 *
 * <p>No lock is held while bytes are written, so that no virtual thread waits for a disk behind a lock.
 */
final class LogOutput implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LogOutput.class.getName());

    /** What may wait for the disk. */
    private static final int MAX_QUEUED_BYTES = 1 << 20;
    /** {@code BufferedLogs}: httpd's PIPE_BUF. */
    private static final int MIN_WRITE_BYTES = 4096;

    private static final int INITIAL_BYTES = 16 * 1024;

    private final String name;
    private final LogTarget target;
    private final boolean buffered;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private byte[] pending = new byte[INITIAL_BYTES];
    private byte[] spare = new byte[INITIAL_BYTES];
    private int length;
    private boolean writing;
    private boolean closed;
    private boolean toldFull;

    /** Of whoever writes. */
    private boolean failing;

    private long lost;

    /** @param name what messages call the target */
    LogOutput(String name, LogTarget target, boolean buffered) {
        this.name = name;
        this.target = target;
        this.buffered = buffered;
    }

    void append(LogLine line) {
        lock.lock();
        try {
            while (writing && length > 0 && length + line.length() > MAX_QUEUED_BYTES) {
                tellFull();
                room.awaitUninterruptibly();
            }
            if (pending.length - length < line.length()) {
                pending = Arrays.copyOf(pending, Math.max(2 * pending.length, length + line.length()));
            }
            System.arraycopy(line.bytes(), 0, pending, length, line.length());
            length += line.length();
            if (writing || !isDue()) {
                return;
            }
            writing = true;
        } finally {
            lock.unlock();
        }
        writeAll();
    }

    private boolean isDue() {
        return length > 0 && (!buffered || closed || length >= MIN_WRITE_BYTES);
    }

    private void tellFull() {
        if (!toldFull) {
            toldFull = true;
            LOG.log(System.Logger.Level.WARNING, "access log {0} takes lines too slowly: requests wait for it", name);
        }
    }

    private void writeAll() {
        boolean more = true;
        while (more) {
            byte[] batch;
            int size;
            lock.lock();
            try {
                batch = pending;
                size = length;
                pending = spare;
                spare = batch;
                length = 0;
                room.signalAll();
            } finally {
                lock.unlock();
            }
            write(batch, size);
            lock.lock();
            try {
                more = isDue();
                if (!more) {
                    writing = false;
                    toldFull = false;
                    room.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void write(byte[] batch, int size) {
        try {
            target.write(batch, size);
            if (failing) {
                failing = false;
                LOG.log(System.Logger.Level.WARNING, "access log {0} is written again; {1} lines are lost", name, lost);
                lost = 0;
            }
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "access log {0} cannot be written; requests go on, their lines are lost: {1}",
                        name,
                        e.getMessage());
            }
            failing = true;
            for (int i = 0; i < size; i++) {
                lost += batch[i] == '\n' ? 1 : 0;
            }
        }
    }

    /** Writes what is left, and lets go of the target. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            while (writing) {
                room.awaitUninterruptibly();
            }
            writing = true;
        } finally {
            lock.unlock();
        }
        writeAll();
        target.close();
    }
}
