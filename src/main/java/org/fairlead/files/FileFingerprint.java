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
 * What changes of files and folders when they are edited, for those who read several of them as one and compare what they
 * look like now with what they looked like before. Who reads a single file while a request waits has {@link WatchedFile}.
 */
public final class FileFingerprint {
    /** More names than any configuration's folder has, and few enough to be read each second. */
    private static final int MAX_NAMES = 10_000;

    private FileFingerprint() {}

    /**
     * Returns the identity, time and size of each file, those of the file that a link leads to, or the names in a folder;
     * what is not there, or may not be read, has a state too.
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
