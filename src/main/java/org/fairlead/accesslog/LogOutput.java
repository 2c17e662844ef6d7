package org.fairlead.accesslog;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The queue of lines to one target. A thread that adds a line while no other writes becomes the writer: it writes the
 * line and all that other threads have added meanwhile; those do not wait. So at most one thread waits for the disk,
 * and no thread has to be started, woken or stopped. A line is written when its request's thread continues, unless
 * another thread is about to write it. Nothing is dropped while the target takes bytes: if the queue is full, requests
 * wait. Thread-safe.
 *
 * <p>No lock is held while bytes are written, so that no virtual thread waits for a disk behind a lock.
 */
final class LogOutput implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LogOutput.class.getName());

    /** The most bytes that may wait for the disk. */
    private static final int MAX_QUEUED_BYTES = 1 << 20;
    /** {@code BufferedLogs}: httpd's PIPE_BUF. */
    private static final int MIN_WRITE_BYTES = 4096;

    private static final int INITIAL_BYTES = 16 * 1024;

    /** How long a target may take to end in order: longer than a {@link LogProgram} is given for its last lines. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(6);

    private final String name;
    private final LogTarget target;
    private final boolean buffered;
    private final Duration closeTimeout;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private byte[] pending = new byte[INITIAL_BYTES];
    private byte[] spare = new byte[INITIAL_BYTES];
    private int length;
    private boolean writing;
    private boolean closed;
    private volatile boolean abandoned;
    private boolean toldFull;

    /** Used by the writing thread only. */
    private boolean failing;

    private long lost;

    /** @param name what messages call the target */
    LogOutput(String name, LogTarget target, boolean buffered) {
        this(name, target, buffered, CLOSE_TIMEOUT);
    }

    /** @param closeTimeout how long {@link #close} waits for the target */
    LogOutput(String name, LogTarget target, boolean buffered, Duration closeTimeout) {
        this.name = name;
        this.target = target;
        this.buffered = buffered;
        this.closeTimeout = closeTimeout;
    }

    void append(LogLine line) {
        lock.lock();
        try {
            while (!abandoned && writing && length > 0 && length + line.length() > MAX_QUEUED_BYTES) {
                tellFull();
                room.awaitUninterruptibly();
            }
            if (abandoned) {
                return;
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
            if (!failing && !abandoned) {
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

    /** Flushes the queue and closes the target; one that takes nothing is abandoned after {@link #CLOSE_TIMEOUT}. */
    @Override
    public void close() {
        Thread closing = new Thread(this::closeInOrder, "fairlead-log-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(closeTimeout.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closing.isAlive()) {
            abandon();
        }
    }

    private void closeInOrder() {
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

    /** Releases the requests that wait for space, and the writing thread where the target can be ended. */
    private void abandon() {
        lock.lock();
        try {
            abandoned = true;
            LOG.log(System.Logger.Level.ERROR, "access log {0} takes no lines; what waits for it is lost", name);
            length = 0;
            room.signalAll();
        } finally {
            lock.unlock();
        }
        target.abandon();
    }
}
