package org.fairlead.expression;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The file operators, for the maintenance switch ({@code -f '/etc/fairlead/maintenance'}). What cannot be read is not there. */
public final class FileTest {
    private FileTest() {}

    public static boolean isDirectory(String name) {
        return path(name).filter(Files::isDirectory).isPresent();
    }

    static boolean exists(String name) {
        return path(name).filter(Files::exists).isPresent();
    }

    public static boolean isFile(String name) {
        return path(name).filter(Files::isRegularFile).isPresent();
    }

    public static boolean isLink(String name) {
        return path(name).filter(Files::isSymbolicLink).isPresent();
    }

    public static boolean hasContent(String name) {
        return path(name).filter(FileTest::isFilled).isPresent();
    }

    /** Whether somebody may run it (or enter it, if it is a folder). */
    public static boolean isExecutable(String name) {
        return path(name).filter(Files::isExecutable).isPresent();
    }

    private static boolean isFilled(Path path) {
        try {
            return Files.isRegularFile(path) && Files.size(path) > 0;
        } catch (IOException e) {
            // It went away between the two questions: the same answer as if it had never been there.
            return false;
        }
    }

    private static Optional<Path> path(String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
            return Optional.of(Path.of(new String(bytes, StandardCharsets.UTF_8)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
