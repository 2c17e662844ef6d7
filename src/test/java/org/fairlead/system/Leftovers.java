package org.fairlead.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What must not outlive the test JVM: the servers it started and the folders it filled.
 *
 * <p>One shutdown hook ends all processes first and deletes the folders after them, so that a test that fails, or
 * that nobody closed, leaves nothing behind. Thread-safe.
 */
final class Leftovers {
    private static final long PATIENCE_SECONDS = 5;
    private static final Set<Process> PROCESSES = ConcurrentHashMap.newKeySet();
    private static final Set<Path> DIRECTORIES = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::clear, "leftovers"));
    }

    private Leftovers() {}

    /** Ends the process with this JVM, unless it has ended by then. */
    static Process end(Process process) {
        PROCESSES.add(process);
        process.onExit().thenAccept(PROCESSES::remove);
        return process;
    }

    /** Returns a new empty folder that other users may read (servers drop their rights), deleted with this JVM. */
    static Path directory(String prefix) {
        try {
            Path directory = Files.createTempDirectory("fairlead-" + prefix + "-");
            if (!directory.toFile().setExecutable(true, false)
                    || !directory.toFile().setReadable(true, false)) {
                throw new IOException("cannot open up " + directory);
            }
            DIRECTORIES.add(directory);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a new file with this text, deleted with this JVM. */
    static Path file(String name, String text) {
        try {
            return Files.writeString(directory("file").resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void clear() {
        List<ProcessHandle> handles = PROCESSES.stream()
                .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
                .toList();
        PROCESSES.forEach(Process::destroy);
        for (Process process : PROCESSES) {
            try {
                process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        handles.forEach(ProcessHandle::destroyForcibly);
        DIRECTORIES.forEach(Leftovers::delete);
    }

    private static void delete(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + directory + " (" + e + ")");
        }
    }
}
