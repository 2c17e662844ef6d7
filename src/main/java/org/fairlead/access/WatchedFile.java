package org.fairlead.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A file of users or groups, read again when it has changed; looked at once a second at most. Thread-safe: one thread
 * reads while the others wait, which is what they would do anyway.
 */
final class WatchedFile<T> {
    static final Duration LOOKED_AT = Duration.ofSeconds(1);
    private static final System.Logger LOG = System.getLogger(WatchedFile.class.getName());

    private final Path path;
    private final Function<List<String>, T> reader;
    private final LongSupplier nanoTime;
    private Optional<T> content = Optional.empty();
    private State seen = new State(0, FileTime.fromMillis(0));
    private long nextLook;
    private boolean failed;

    /** @param reader makes something of the lines; blanks around them and comments are gone */
    WatchedFile(Path path, Function<List<String>, T> reader, LongSupplier nanoTime) {
        this.path = path;
        this.reader = reader;
        this.nanoTime = nanoTime;
        this.nextLook = nanoTime.getAsLong();
    }

    private record State(long size, FileTime changed) {}

    /** What the file says; empty where it cannot be read. */
    synchronized Optional<T> content() {
        long now = nanoTime.getAsLong();
        if (now - nextLook >= 0) {
            nextLook = now + LOOKED_AT.toNanos();
            look();
        }
        return content;
    }

    private void look() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            State state = new State(attributes.size(), attributes.lastModifiedTime());
            if (content.isEmpty() || !state.equals(seen)) {
                content = Optional.of(reader.apply(lines()));
                seen = state;
            }
            failed = false;
        } catch (IOException e) {
            content = Optional.empty();
            if (!failed) {
                LOG.log(System.Logger.Level.ERROR, "{0} cannot be read, so nobody of it gets in: {1}", path, e);
            }
            failed = true;
        }
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(path, StandardCharsets.ISO_8859_1)) {
            String text = line.strip();
            if (!text.isEmpty() && text.charAt(0) != '#') {
                lines.add(text);
            }
        }
        return lines;
    }
}
