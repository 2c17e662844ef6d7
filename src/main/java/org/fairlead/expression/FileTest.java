package org.fairlead.expression;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The file operators, for a maintenance switch ({@code -f '/etc/fairlead/maintenance'}). Unreadable means absent. */
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

    /** Whether this process may execute the file (or enter it, if it is a folder). */
    public static boolean isExecutable(String name) {
        return path(name).filter(Files::isExecutable).isPresent();
    }

    private static boolean isFilled(Path path) {
        try {
            return Files.isRegularFile(path) && Files.size(path) > 0;
        } catch (IOException e) {
            // The file was removed between the two checks: the same result as if it had never existed.
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
