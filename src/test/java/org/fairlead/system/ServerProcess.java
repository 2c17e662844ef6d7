package org.fairlead.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, known by its handle and by what it prints.
 *
 * <p>It ends with the test JVM at the latest. Thread-safe; the output is guarded by its list.
 */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Thread collector;
    private final List<String> lines = new ArrayList<>();
    private boolean silent;

    private ServerProcess(Process process) {
        this.process = process;
        collector = new Thread(this::collect, "output-" + process.pid());
        collector.setDaemon(true);
    }

    /** Starts the process; what it writes to either stream is collected. */
    static ServerProcess start(ProcessBuilder builder) {
        try {
            Process process = builder.redirectErrorStream(true).start();
            ServerProcess server = new ServerProcess(Leftovers.end(process));
            server.collector.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end and returns what it printed. */
    static ServerProcess finish(ProcessBuilder builder) {
        ServerProcess process = start(builder);
        process.awaitExit();
        return process;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Returns the processes that it has started itself and that still run. */
    List<ProcessHandle> children() {
        return process.children().toList();
    }

    /** Returns all lines so far, joined. */
    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** Returns those lines so far that begin with the prefix. */
    List<String> linesWith(String prefix) {
        synchronized (lines) {
            return lines.stream().filter(line -> line.startsWith(prefix)).toList();
        }
    }

    /** Waits until that many lines begin with the prefix; fails with the output if the process ends before. */
    List<String> awaitLines(String prefix, int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (lines) {
            while (linesWith(prefix).size() < count) {
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (silent || leftMillis <= 0) {
                    throw new IllegalStateException("no " + count + " lines '" + prefix + "…' in:\n" + output());
                }
                waitForLine(leftMillis);
            }
            return linesWith(prefix);
        }
    }

    private void waitForLine(long millis) {
        try {
            lines.wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for output", e);
        }
    }

    /** Asks the process to end (SIGTERM) and returns its exit code. */
    int terminate() {
        process.destroy();
        return awaitExit();
    }

    /** Ends the process at once (SIGKILL), and all that it started. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitExit();
    }

    /** Returns the exit code once the process has ended and all its output is collected. */
    int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                String output = output();
                process.destroyForcibly();
                throw new IllegalStateException("still running after " + PATIENCE + ":\n" + output);
            }
            collector.join(PATIENCE.toMillis());
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an exit", e);
        }
    }

    /** Ends the process in order, or by force if it does not. */
    @Override
    public void close() {
        if (isAlive()) {
            terminate();
        }
    }

    private void collect() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            while (line != null) {
                add(line);
                line = reader.readLine();
            }
        } catch (IOException e) {
            // The stream broke because the process was killed: its output ends here.
        } finally {
            synchronized (lines) {
                silent = true;
                lines.notifyAll();
            }
        }
    }

    private void add(String line) {
        synchronized (lines) {
            lines.add(line);
            lines.notifyAll();
        }
    }
}
