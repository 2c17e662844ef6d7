package org.fairlead.servlet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What changes of a file or a folder when it is edited. */
final class FileState {
    /** More names than any configuration's folder has, and few enough to be read each second. */
    private static final int MOST_NAMES = 10_000;

    private FileState() {}

    /** Returns each one's identity, time and size, or a folder's names; what is not there has a state too. */
    static Map<Path, String> of(Collection<Path> places) {
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
            return children.limit(MOST_NAMES)
                    .map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
