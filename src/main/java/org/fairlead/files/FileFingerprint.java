package org.fairlead.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Fingerprint (inode, mtime, size) of a set of files and folders, to detect edits by polling: equal fingerprints mean
 * no edit. For a single file that is read while a request waits there is {@link WatchedFile}.
 */
public final class FileFingerprint {
    /** More names than any configuration's folder has, and few enough to be read each second. */
    private static final int MAX_NAMES = 10_000;

    private FileFingerprint() {}

    /**
     * Returns the identity, time and size of each file, or the names in a folder; links are followed. A file that does
     * not exist or may not be read has a state too.
     */
    public static Map<Path, String> of(Collection<Path> places) {
        Map<Path, String> state = new LinkedHashMap<>();
        for (Path place : places) {
            state.put(place, of(place));
        }
        return state;
    }

    private static String of(Path place) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(place, BasicFileAttributes.class);
            return attributes.isDirectory()
                    ? names(place).toString()
                    : attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
        } catch (IOException e) {
            return "is not there";
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.limit(MAX_NAMES)
                    .map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
