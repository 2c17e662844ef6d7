package org.fairlead.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files that make up a configuration: where relative names count from, which file is open, which were read. Not
 * thread-safe.
 */
final class HttpdFiles {
    private static final int MAX_FOLDER_DEPTH = 20;

    private final Set<Path> read = new LinkedHashSet<>();
    private final Set<Path> folders = new LinkedHashSet<>();
    private final Deque<Path> open = new ArrayDeque<>();
    private final Path folder;
    private Path base;
    private int opened;

    HttpdFiles(Optional<Path> main) {
        folder = main.map(Path::toAbsolutePath)
                .map(Path::getParent)
                .orElse(Path.of("").toAbsolutePath());
        base = folder;
        main.ifPresent(file -> {
            read.add(normal(file));
            open.push(normal(file));
        });
    }

    /** The main file and every included one, absolute, in the order in which they were met. */
    Set<Path> read() {
        return Collections.unmodifiableSet(read);
    }

    /** The searched places of included files, absolute: a file created in such a place belongs to it at once. */
    Set<Path> folders() {
        return Collections.unmodifiableSet(folders);
    }

    /** Where relative names count from: the main file's folder, or the ServerRoot. */
    Path base() {
        return base;
    }

    /** Takes a ServerRoot in; returns false if it is no folder's name. */
    boolean serverRoot(String name) {
        try {
            base = folder.resolve(name).normalize();
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    List<Path> find(String pattern) throws HttpdIncludes.MissingException, IOException {
        try {
            return HttpdIncludes.find(base, pattern, folders);
        } catch (InvalidPathException e) {
            throw new HttpdIncludes.MissingException("this system cannot name such a file");
        }
    }

    /** Returns why a file cannot be included; empty if it can. */
    Optional<String> refusal(Path file) {
        if (open.contains(normal(file))) {
            return Optional.of(file + " includes itself");
        }
        if (open.size() >= MAX_FOLDER_DEPTH) {
            return Optional.of("files include each other more than " + MAX_FOLDER_DEPTH + " deep");
        }
        return opened >= HttpdIncludes.MAX_FILES
                ? Optional.of("more than " + HttpdIncludes.MAX_FILES + " files are included")
                : Optional.empty();
    }

    /** Opens the main file. */
    BufferedReader openMain() throws IOException {
        return reader(open.getLast());
    }

    /** Opens an included file. */
    BufferedReader open(Path file) throws IOException {
        BufferedReader in = reader(file);
        opened++;
        read.add(normal(file));
        open.push(normal(file));
        return in;
    }

    /** Bytes that are not UTF-8 become U+FFFD, which may stand in comments: old files have them there. */
    private static BufferedReader reader(Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)));
    }

    /** Says that the file which was opened last has been read. */
    void close() {
        open.pop();
    }

    private static Path normal(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
