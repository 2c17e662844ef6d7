package org.fairlead.accesslog;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A log file that lines are appended to. When it was replaced or renamed (logrotate), it is reopened; that is checked
 * once a second at most. Truncating it in place needs no action: an append writes at the file's current end.
 */
final class LogFile implements LogTarget {
    private static final System.Logger LOG = System.getLogger(LogFile.class.getName());
    private static final long REOPEN_CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path path;
    private final LongSupplier clock;
    private OutputStream out;
    private Optional<Object> identity;
    private long looked;
    private boolean closed;
    private boolean torn;
    private boolean told;

    private LogFile(Path path, LongSupplier clock) throws IOException {
        this.path = path;
        this.clock = clock;
        this.looked = clock.getAsLong();
        this.out = new FileOutputStream(path.toFile(), true);
        this.identity = identity();
    }

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    static LogFile open(Path path, LongSupplier clock) throws IOException {
        return new LogFile(path, clock);
    }

    /** The identity of the file (inode); empty where the system has none, or there is no file of that name. */
    private Optional<Object> identity() throws IOException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
        if (closed) {
            try (OutputStream late = new FileOutputStream(path.toFile(), true)) {
                late.write(bytes, 0, length);
            }
            return;
        }
        long now = clock.getAsLong();
        if (now - looked >= REOPEN_CHECK_NANOS) {
            looked = now;
            reopenIfMoved();
        }
        if (torn) {
            // A full disk may have cut the last line: the next one shall not be glued to it.
            out.write('\n');
            torn = false;
        }
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            torn = true;
            throw e;
        }
    }

    private void reopenIfMoved() {
        try {
            Optional<Object> now = identity();
            if (now.isPresent() && now.equals(identity)) {
                return;
            }
            OutputStream next = new FileOutputStream(path.toFile(), true);
            out.close();
            out = next;
            identity = identity();
            torn = false;
            told = false;
        } catch (IOException e) {
            if (!told) {
                told = true;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "access log {0} was moved and cannot be opened anew; lines go on to the moved file: {1}",
                        path,
                        e.getMessage());
            }
        }
    }

    /** Does nothing: a write to a disk that hangs ends when the disk does. */
    @Override
    public void abandon() {}

    @Override
    public void close() {
        closed = true;
        try {
            out.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "access log {0}: {1}", path, e.getMessage());
        }
    }
}
