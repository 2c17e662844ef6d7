package org.fairlead.system;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fairlead as its users start it: {@code java -jar fairlead.jar …} in a process of its own.
 *
 * <p>Either {@link #start a server}, which has printed where it listens, or {@link #run a command} to its end.
 */
public final class FairleadJar implements AutoCloseable {
    private static final String LISTENING = "fairlead: listening on ";
    /** Takes half the CPU time until it listens; a test that measures says itself how the JVM shall be. */
    static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1");

    private final ServerProcess process;

    private FairleadJar(ServerProcess process) {
        this.process = process;
    }

    /**
     * What a command left behind.
     *
     * @param output both streams, in the order of their lines
     */
    public record Result(int exitCode, String output) {}

    /** Returns the jar of this build. */
    public static Path path() {
        return Path.of(System.getProperty("fairlead.jar", "target/fairlead.jar"))
                .toAbsolutePath();
    }

    /** Starts a server and returns as soon as its first listener accepts; fails with its output if it ends before. */
    public static FairleadJar start(String... arguments) {
        return start(QUICK_START, arguments);
    }

    /** Starts a server with options of the JVM, {@code -Xmx64m} for instance. */
    public static FairleadJar start(List<String> jvmOptions, String... arguments) {
        return launch(command(jvmOptions, arguments));
    }

    /** Starts a server with a configuration in httpd's syntax. */
    public static FairleadJar configured(String configuration, String... jvmOptions) {
        return start(
                jvmOptions.length == 0 ? QUICK_START : List.of(jvmOptions),
                "--config",
                Leftovers.file("fairlead.conf", configuration).toString());
    }

    /** Runs a command that ends by itself, {@code --check} for instance. */
    public static Result run(String... arguments) {
        return run(QUICK_START, arguments);
    }

    /** The same with options of the JVM. */
    public static Result run(List<String> jvmOptions, String... arguments) {
        ServerProcess finished = ServerProcess.finish(new ProcessBuilder(command(jvmOptions, arguments)));
        return new Result(finished.awaitExit(), finished.output());
    }

    /** Starts any command that keeps the launcher's promise about its output. */
    static FairleadJar launch(List<String> command) {
        FairleadJar jar = new FairleadJar(ServerProcess.start(new ProcessBuilder(command)));
        try {
            jar.awaitListeners(1);
            return jar;
        } catch (RuntimeException e) {
            jar.process.kill();
            throw e;
        }
    }

    private static List<String> command(List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(jvmOptions);
        // What a server that is ended at once has no time to delete.
        command.add("-Djava.io.tmpdir=" + Leftovers.directory("tmp"));
        Stream.of("-jar", path().toString()).forEach(command::add);
        command.addAll(List.of(arguments));
        return command;
    }

    /** Returns the java command of the JDK that runs the tests. */
    static String java() {
        return jdk("java");
    }

    /** Returns a command of the JDK that runs the tests. */
    static String jdk(String command) {
        return Path.of(System.getProperty("java.home"), "bin", command).toString();
    }

    /** Returns the first listener's address. */
    public URI uri() {
        return listeners().get(0);
    }

    /** Returns the first listener's port. */
    public int port() {
        return uri().getPort();
    }

    /** Returns the addresses printed so far, in their order. */
    public List<URI> listeners() {
        return uris(process.linesWith(LISTENING));
    }

    /** Returns the addresses as soon as there are that many. */
    public List<URI> awaitListeners(int count) {
        return uris(process.awaitLines(LISTENING, count));
    }

    private static List<URI> uris(List<String> lines) {
        return lines.stream()
                .map(line -> URI.create(line.substring(LISTENING.length()).strip()))
                .toList();
    }

    /** Returns what both streams have said so far. */
    public String output() {
        return process.output();
    }

    /** Waits for lines that begin with the prefix and returns them. */
    public List<String> awaitOutput(String prefix, int count) {
        return process.awaitLines(prefix, count);
    }

    /** Returns the process id, for a look at its memory or CPU time. */
    public long pid() {
        return process.pid();
    }

    /** Returns whether it still runs. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /** Stops it as an operator does (SIGTERM) and returns the exit code. */
    public int stop() {
        return process.terminate();
    }

    /** Ends it at once (SIGKILL). */
    public void kill() {
        process.kill();
    }

    /** Ends it at once if it still runs; a test of how it ends says {@link #stop}, which waits for idle clients. */
    @Override
    public void close() {
        if (isRunning()) {
            kill();
        }
    }
}
