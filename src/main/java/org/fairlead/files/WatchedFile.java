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
 * A file that requests are judged by and the operator edits meanwhile: read when it is first asked for and again when it
 * has changed, which is looked at once a second at most. Thread-safe: asking takes no lock, but while one thread looks
 * those that would look too wait for it.
 *
 * @param <T> what the file says
 */
public final class WatchedFile<T> {
    public static final Duration LOOKED_AT = Duration.ofSeconds(1);

    private final Path path;
    private final Reader<T> reader;
    private final Consumer<IOException> unreadable;
    private final LongSupplier nanoTime;
    private volatile Look<T> last;

    /** Makes something of a file. */
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
     * @param unreadable is told, once, when the file cannot be read; once more only if it could be meanwhile
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

    /** What the file says; empty where it cannot be read. */
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
            // Before the content, so that a change while it is read is seen at the next look.
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
