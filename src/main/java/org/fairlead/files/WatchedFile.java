package org.fairlead.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A cached file that requests depend on and the operator may edit: read on first use and again after a change, which is
 * checked once a second at most. Thread-safe: a read of the cache takes no lock, but while one thread checks the file,
 * other threads that would check it too wait for it.
 *
 * @param <T> the parsed content
 */
public final class WatchedFile<T> {
    public static final Duration LOOKED_AT = Duration.ofSeconds(1);

    private final Path path;
    private final Reader<T> reader;
    private final Consumer<IOException> unreadable;
    private final LongSupplier nanoTime;
    private volatile Look<T> last;

    /** Parses a file. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * Reads it.
         *
         * @param size in bytes, as it was a moment ago
         * @throws IOException if it cannot be read, or shall not be
         */
        T read(Path path, long size) throws IOException;
    }

    private record Look<T>(long at, FileTime changed, long size, Optional<T> content, boolean failed) {}

    /**
     * A file that need not be there yet.
     *
     * @param unreadable is called once when the file cannot be read; again only after it was readable meanwhile
     * @param nanoTime {@link System#nanoTime}
     */
    public WatchedFile(Path path, Reader<T> reader, Consumer<IOException> unreadable, LongSupplier nanoTime) {
        this.path = path;
        this.reader = reader;
        this.unreadable = unreadable;
        this.nanoTime = nanoTime;
        long due = nanoTime.getAsLong() - LOOKED_AT.toNanos();
        this.last = new Look<>(due, FileTime.fromMillis(0), -1, Optional.empty(), false);
    }

    /** The parsed content; empty where the file cannot be read. */
    public Optional<T> content() {
        Look<T> known = last;
        return (isFresh(known) ? known : refreshed()).content();
    }

    private boolean isFresh(Look<T> look) {
        return nanoTime.getAsLong() - look.at() < LOOKED_AT.toNanos();
    }

    private synchronized Look<T> refreshed() {
        if (!isFresh(last)) {
            last = look(last);
        }
        return last;
    }

    private Look<T> look(Look<T> before) {
        long now = nanoTime.getAsLong();
        try {
            // Before the content, so that a change while it is read is seen by the next check.
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            FileTime changed = attributes.lastModifiedTime();
            long size = attributes.size();
            boolean same = size == before.size() && changed.equals(before.changed());
            Optional<T> content =
                    same && before.content().isPresent() ? before.content() : Optional.of(reader.read(path, size));
            return new Look<>(now, changed, size, content, false);
        } catch (IOException e) {
            if (!before.failed()) {
                unreadable.accept(e);
            }
            return new Look<>(now, before.changed(), before.size(), Optional.empty(), true);
        }
    }
}
