package org.fairlead.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the files that an {@code Include} names: a file, a folder (every file in it and below), or a pattern in which
 * any part may hold {@code *}, {@code ?} and {@code [a-z]}. What one part or folder yields is taken in alphabetical
 * order, as httpd does. Stateless.
 */
final class HttpdIncludes {
    /** How deep a folder is followed; httpd's bound too. */
    private static final int MAX_INCLUDE_DEPTH = 20;

    /** How many files one line may bring in; more is a mistake such as {@code Include /}. */
    static final int MAX_FILES = 10_000;

    private HttpdIncludes() {}

    /** There are no such files; the message says why, as a clause. */
    static final class MissingException extends Exception {
        MissingException(String why) {
            super(why);
        }
    }

    /**
     * Returns the files that {@code pattern} names.
     *
     * @param base from where a relative pattern counts
     * @param folders receives every folder that was searched, and every absent one: a file added there changes the
     *     result
     */
    static List<Path> find(Path base, String pattern, Set<Path> folders) throws MissingException, IOException {
        List<Path> starts = new ArrayList<>();
        Path start = pattern.startsWith("/") ? Path.of("/") : base;
        List<String> parts =
                Stream.of(pattern.split("/")).filter(p -> !p.isEmpty()).toList();
        expand(start, parts, starts, folders);
        List<Path> files = new ArrayList<>();
        for (Path found : starts) {
            addFiles(found, files, folders, 0);
        }
        return files;
    }

    private static void expand(Path at, List<String> parts, List<Path> found, Set<Path> folders)
            throws MissingException, IOException {
        if (parts.isEmpty()) {
            found.add(at);
            return;
        }
        String part = parts.get(0);
        List<String> rest = parts.subList(1, parts.size());
        if (!Wildcard.isPattern(part)) {
            expand(at.resolve(part), rest, found, folders);
            return;
        }
        if (!Files.isDirectory(at)) {
            folders.add(at);
            throw new MissingException("there is no folder " + at);
        }
        List<Path> matches = children(at, folders).stream()
                .filter(p -> Wildcard.matches(part, p.getFileName().toString()))
                .filter(p -> rest.isEmpty() || Files.isDirectory(p))
                .toList();
        if (matches.isEmpty()) {
            throw new MissingException("nothing in " + at + " matches " + part);
        }
        for (Path match : matches) {
            expand(match, rest, found, folders);
        }
    }

    private static void addFiles(Path path, List<Path> files, Set<Path> folders, int depth)
            throws MissingException, IOException {
        if (files.size() >= MAX_FILES || depth > MAX_INCLUDE_DEPTH) {
            throw new IOException(
                    "it names more than " + MAX_FILES + " files, or folders more than " + MAX_INCLUDE_DEPTH + " deep");
        }
        if (Files.isDirectory(path)) {
            for (Path child : children(path, folders)) {
                addFiles(child, files, folders, depth + 1);
            }
        } else if (!Files.exists(path)) {
            folders.add(path);
            throw new MissingException("there is no file " + path);
        } else if (!Files.isRegularFile(path)) {
            throw new MissingException(path + " is neither a file nor a folder");
        } else {
            files.add(path);
        }
    }

    private static List<Path> children(Path folder, Set<Path> folders) throws IOException {
        folders.add(folder);
        try (Stream<Path> children = Files.list(folder)) {
            return children.limit(MAX_FILES + 1L).sorted().toList();
        }
    }
}
