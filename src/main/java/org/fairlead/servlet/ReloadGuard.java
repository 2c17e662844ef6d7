package org.fairlead.servlet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.fairlead.config.LoadedConfig;
import org.fairlead.model.HostConfig;
import org.fairlead.model.ProxyConfig;

/**
 * Detector of half-written configuration files, by the fingerprints of the running configuration's files.
 *
 * <p>A file that is written in place may be read in the middle. Its first half can be valid, and without its second
 * half paths would be open or listeners gone. A file that another was renamed over is complete. Not thread-safe.
 */
final class ReloadGuard {
    /** Equal polls after which a change is taken over. */
    static final int QUIET_LOOKS = 2;

    /** Equal polls needed for a change that may be the first part of a file. */
    static final int LONG_QUIET_LOOKS = 10;

    private final LoadedConfig running;
    private final Map<Path, Shape> shapes;

    /** @param files what was read last, whether it was taken over or refused for a mistake in it; absolute */
    ReloadGuard(LoadedConfig running, Set<Path> files) {
        this.running = running;
        this.shapes = shapes(files);
    }

    /**
     * Fingerprint of a file.
     *
     * @param key the file's identity, which a rename changes and an edit in place does not; empty where there is none
     */
    private record Shape(Optional<Object> key, long size, boolean newlineAtEnd) {
        /** Whether this may be the first part of what is being written in the place of another. */
        boolean isCutOff(Shape before) {
            return key.equals(before.key) && (size < before.size || before.newlineAtEnd && !newlineAtEnd);
        }
    }

    private static Map<Path, Shape> shapes(Set<Path> files) {
        Map<Path, Shape> shapes = new LinkedHashMap<>();
        files.forEach(file -> shape(file).ifPresent(shape -> shapes.put(file, shape)));
        return shapes;
    }

    private static Optional<Shape> shape(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            long size = in.length();
            in.seek(Math.max(0, size - 1));
            return Optional.of(new Shape(Optional.ofNullable(attributes.fileKey()), size, in.read() == '\n'));
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    /** Number of equal polls a change needs before it is read. */
    int looksNeeded() {
        return shapes.entrySet().stream()
                        .anyMatch(e -> shape(e.getKey())
                                .filter(now -> now.isCutOff(e.getValue()))
                                .isPresent())
                ? LONG_QUIET_LOOKS
                : QUIET_LOOKS;
    }

    /** A file that had content and is empty now, which is how writing in place begins. */
    Optional<String> emptied() {
        return shapes.entrySet().stream()
                .filter(e -> e.getValue().size() > 0)
                .map(Map.Entry::getKey)
                .filter(file -> shape(file).filter(now -> now.size() == 0).isPresent())
                .findFirst()
                .map(file ->
                        file + " is empty now (expected: the whole file; one that shall say nothing holds a comment,"
                                + " or is deleted)");
    }

    /** Why a valid configuration does not replace the running one: it would serve nothing, or not where it is awaited. */
    Optional<String> refusal(LoadedConfig next) {
        if (!serves(next.config()) && serves(running.config())) {
            return Optional.of("there is no route in it (expected: at least one ProxyPass, RewriteRule or Redirect)");
        }
        if (!listens(next.config()) && listens(running.config())) {
            return Optional.of("there is no Listen in it (expected: the addresses to listen on, which the running"
                    + " configuration names)");
        }
        return Optional.empty();
    }

    private static boolean serves(ProxyConfig config) {
        return Stream.concat(Stream.of(config.mainHost()), config.virtualHosts().stream())
                .anyMatch(ReloadGuard::serves);
    }

    private static boolean serves(HostConfig host) {
        return !host.routes().isEmpty()
                || !host.redirects().isEmpty()
                || !host.rewrite().rules().isEmpty()
                || !host.locations().isEmpty();
    }

    /** Without a line that says so there is a listener by default, which stands for nothing that was written. */
    private static boolean listens(ProxyConfig config) {
        return config.listeners().stream()
                .anyMatch(listener -> listener.source().line() > 0);
    }
}
