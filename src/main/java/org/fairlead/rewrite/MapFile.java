package org.fairlead.rewrite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.fairlead.files.WatchedFile;

/**
 * A text file of keys and values ({@code RewriteMap txt:}), reloaded when it has changed; it is checked for changes
 * once a second at most. A file that cannot be read, or is larger than {@value #LARGEST} bytes, has no keys.
 * Thread-safe.
 */
final class MapFile {
    static final long MAX_FILE_BYTES = 32L << 20;

    private static final System.Logger LOG = System.getLogger(MapFile.class.getName());

    private final WatchedFile<Map<String, String>> file;

    /**
     * Reads the file, so that the first request need not wait for it.
     *
     * @param nanoTime {@link System#nanoTime}
     */
    MapFile(Path path, LongSupplier nanoTime) {
        file = new WatchedFile<>(
                path,
                MapFile::read,
                e -> LOG.log(
                        System.Logger.Level.WARNING, "RewriteMap {0}: cannot be read, so it has no keys: {1}", path, e),
                nanoTime);
        file.content();
    }

    /** The value; empty if the file has no such key. */
    Optional<String> find(String key) {
        return file.content().map(values -> values.get(key));
    }

    /** The first line of a key counts; a line that begins with a blank or {@code #}, or has no value, is none. */
    private static Map<String, String> read(Path path, long size) throws IOException {
        if (size > MAX_FILE_BYTES) {
            throw new IOException("larger than " + MAX_FILE_BYTES + " bytes");
        }
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readString(path, StandardCharsets.ISO_8859_1).split("\n")) {
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
