package org.fairlead.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.fairlead.files.WatchedFile;

/** The users and groups of all configured files ({@code AuthUserFile}, {@code AuthGroupFile}). Thread-safe. */
final class Directory {
    private static final System.Logger LOG = System.getLogger(Directory.class.getName());

    private final LongSupplier nanoTime;
    private final Map<Path, WatchedFile<Map<String, String>>> users = new ConcurrentHashMap<>();
    private final Map<Path, WatchedFile<Map<String, Set<String>>>> groups = new ConcurrentHashMap<>();

    Directory(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Password hashes by user; empty where the file cannot be read. */
    Optional<Map<String, String>> users(Path file) {
        return users.computeIfAbsent(file, f -> watched(f, Directory::hashes)).content();
    }

    /** The groups that a user is in; none where the file cannot be read. */
    Set<String> groups(Path file, String user) {
        return groups.computeIfAbsent(file, f -> watched(f, Directory::memberships))
                .content()
                .map(all -> all.getOrDefault(user, Set.of()))
                .orElse(Set.of());
    }

    private <T> WatchedFile<T> watched(Path file, Function<List<String>, T> reader) {
        return new WatchedFile<>(
                file,
                (path, size) -> reader.apply(lines(path)),
                e -> LOG.log(System.Logger.Level.ERROR, "{0} cannot be read, so nobody of it gets in: {1}", file, e),
                nanoTime);
    }

    /** The non-empty lines, trimmed, without comments. */
    private static List<String> lines(Path path) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(path, StandardCharsets.ISO_8859_1)) {
            String text = line.strip();
            if (!text.isEmpty() && text.charAt(0) != '#') {
                lines.add(text);
            }
        }
        return lines;
    }

    /** {@code user:hash}, perhaps with more behind a colon; the first line of a user counts. */
    private static Map<String, String> hashes(List<String> lines) {
        Map<String, String> hashes = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.split(":", 3);
            hashes.putIfAbsent(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return hashes;
    }

    /** {@code group: user user}; a group may have several lines. */
    private static Map<String, Set<String>> memberships(List<String> lines) {
        Map<String, Set<String>> memberships = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            List<String> members = colon < 0 ? new ArrayList<>() : Argument.words(line.substring(colon + 1));
            for (String member : members) {
                memberships
                        .computeIfAbsent(member, m -> new HashSet<>())
                        .add(line.substring(0, colon).stripTrailing());
            }
        }
        return memberships;
    }
}
