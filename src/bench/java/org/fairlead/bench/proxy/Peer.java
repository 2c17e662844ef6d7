package org.fairlead.bench.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A proxy that runs, in a process of its own.
 *
 * @param port for HTTP
 * @param tlsPort for HTTPS; 0 = it is not compared there
 * @param onJvm whether it must be warmed up
 */
record Peer(String name, Process process, int port, int tlsPort, boolean onJvm) implements AutoCloseable {
    /** How a peer is made: its configuration is what an expert of it would write for these members. */
    interface Recipe {
        Peer start(String name, Ground ground) throws IOException, InterruptedException;
    }

    static Peer start(String name, Ground ground, List<String> command, int port, int tlsPort, boolean onJvm)
            throws IOException, InterruptedException {
        Path log = ground.folder().resolve(name + ".log");
        List<String> limited = new ArrayList<>(List.of("bash", "-c", "ulimit -n $(ulimit -Hn); exec \"$@\"", name));
        limited.addAll(command);
        Process process = new ProcessBuilder(limited)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            Ground.await(port);
        } catch (IOException e) {
            process.destroyForcibly();
            throw new IOException(name + ": " + Files.readString(log), e);
        }
        return new Peer(name, process, port, tlsPort, onJvm);
    }

    boolean runs(Workload workload) {
        return !workload.tls() || tlsPort != 0;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
