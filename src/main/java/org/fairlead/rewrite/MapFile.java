package org.fairlead.rewrite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A text file of keys and values ({@code RewriteMap txt:}), read anew when it has changed; whether it has is asked once
 * a second at most. A file that cannot be read, or is larger than {@value #LARGEST} bytes, has no keys. Thread-safe.
 */
final class MapFile {
    static final long LARGEST = 32L << 20;

    private static final System.Logger LOG = System.getLogger(MapFile.class.getName());
    private static final long NANOS_BETWEEN_LOOKS = 1_000_000_000L;

    private final Path file;
    private final LongSupplier nanoTime;
    private volatile Content content = new Content(FileTime.fromMillis(0), -1, 0, Map.of());

    /** What the file held when it was looked at. */
    private record Content(FileTime changed, long size, long lookedAt, Map<String, String> values) {}

    /** @param nanoTime {@link System#nanoTime} */
    MapFile(Path file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
        this.content = look(content);
    }

    /** The value; empty if the file has no such key. */
    Optional<String> find(String key) {
        Content now = content;
        if (nanoTime.getAsLong() - now.lookedAt() >= NANOS_BETWEEN_LOOKS) {
            now = refreshed();
        }
        return Optional.ofNullable(now.values().get(key));
    }

    private synchronized Content refreshed() {
        if (nanoTime.getAsLong() - content.lookedAt() >= NANOS_BETWEEN_LOOKS) {
            content = look(content);
        }
        return content;
    }

    private Content look(Content before) {
        long now = nanoTime.getAsLong();
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            if (changed.equals(before.changed()) && size == before.size()) {
                return new Content(changed, size, now, before.values());
            }
            if (size > LARGEST) {
                LOG.log(System.Logger.Level.WARNING, "RewriteMap {0}: larger than {1} bytes, not read", file, LARGEST);
                return new Content(changed, size, now, Map.of());
            }
            return new Content(changed, size, now, read());
        } catch (IOException e) {
            if (before.size() >= 0) {
                LOG.log(System.Logger.Level.WARNING, "RewriteMap {0}: cannot be read: {1}", file, e.getMessage());
            }
            return new Content(FileTime.fromMillis(0), -1, now, Map.of());
        }
    }

    /** The first line of a key counts; a line that begins with a blank or {@code #}, or has no value, is none. */
    private Map<String, String> read() throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
            if (line.isEmpty() || line.charAt(0) == '#' || isBlank(line.charAt(0))) {
                continue;
            }
            int keyEnd = endOfWord(line, 0);
            int value = keyEnd;
            while (value < line.length() && isBlank(line.charAt(value))) {
                value++;
            }
            if (value < line.length()) {
                values.putIfAbsent(line.substring(0, keyEnd), line.substring(value, endOfWord(line, value)));
            }
        }
        return values;
    }

    private static int endOfWord(String line, int start) {
        int end = start;
        while (end < line.length() && !isBlank(line.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
