package org.fairlead.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A virtual-host file as operators have them in {@code sites-enabled}, and the requests that show what it means.
 *
 * @param text the file, with words in {@code @…@} where ports and folders go
 */
record WildSite(String name, String text, List<WildRequest> requests) {
    static final Path FOLDER = Path.of("src/test/resources/wild").toAbsolutePath();

    /** Returns all of them, by name. */
    static List<WildSite> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".conf"))
                    .sorted()
                    .map(WildSite::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WildSite read(Path file) {
        try {
            String name = file.getFileName().toString().replace(".conf", "");
            Path requests = file.resolveSibling(name + ".requests");
            return new WildSite(
                    name,
                    Files.readString(file),
                    WildRequest.read(requests.getFileName().toString(), Files.readString(requests)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a folder with a copy of what the sites' files are: certificates, pages, passwords, maps. */
    static Path files() throws IOException {
        Path copy = Leftovers.directory("site");
        copy(FOLDER.resolve("files"), copy);
        copy(FOLDER.resolveSibling("org/fairlead/config/tls"), copy.resolve("tls"));
        return copy;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    boolean isPlain() {
        return text.contains("@HTTP@");
    }

    boolean isSecure() {
        return text.contains("@HTTPS@");
    }

    /** Returns the text with the words filled in. */
    static String filled(String text, Map<String, String> places) {
        String filled = text;
        for (Map.Entry<String, String> place : places.entrySet()) {
            filled = filled.replace(place.getKey(), place.getValue());
        }
        return filled;
    }

    @Override
    public String toString() {
        return name;
    }
}
