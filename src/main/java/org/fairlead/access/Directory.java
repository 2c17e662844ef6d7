package org.fairlead.access;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The users and groups of all files that a configuration names ({@code AuthUserFile}, {@code AuthGroupFile}). Thread-safe. */
final class Directory {
    private final LongSupplier nanoTime;
    private final Map<Path, WatchedFile<Map<String, String>>> users = new ConcurrentHashMap<>();
    private final Map<Path, WatchedFile<Map<String, Set<String>>>> groups = new ConcurrentHashMap<>();

    Directory(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Password hashes by user; empty where the file cannot be read. */
    Optional<Map<String, String>> users(Path file) {
        return users.computeIfAbsent(file, f -> new WatchedFile<>(f, Directory::hashes, nanoTime))
                .content();
    }

    /** The groups that a user is in; none where the file cannot be read. */
    Set<String> groups(Path file, String user) {
        return groups.computeIfAbsent(file, f -> new WatchedFile<>(f, Directory::memberships, nanoTime))
                .content()
                .map(all -> all.getOrDefault(user, Set.of()))
                .orElse(Set.of());
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
