package org.fairlead.system;

import java.net.URI;
import java.nio.file.Path;

/** A servlet container that runs, with a web application in it. */
public final class Container implements AutoCloseable {
    private final ServerProcess process;
    private final Path base;
    private final int port;
    private final Path webapps;

    Container(ServerProcess process, Path base, int port) {
        this(process, base, port, base.resolve("webapps"));
    }

    Container(ServerProcess process, Path base, int port, Path webapps) {
        this.webapps = webapps;
        this.process = process;
        this.base = base;
        this.port = port;
    }

    /** Returns the address of the connector, without a slash at its end and without a context path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Returns the connector's port. */
    public int port() {
        return port;
    }

    /** Returns the folder of this instance: {@code webapps}, {@code logs}, {@code conf}. */
    public Path base() {
        return base;
    }

    /** Returns the folder that web applications are deployed from. */
    Path webapps() {
        return webapps;
    }

    /** Whether it undeploys a web application whose WAR is deleted. Payara Micro reads the folder at its start only. */
    boolean watchesItsFolder() {
        return !webapps.equals(base.resolve(PayaraBase.WEBAPPS));
    }

    /** Returns what the container has logged to its console so far. */
    public String log() {
        return process.output();
    }

    /** Returns the process id, for a look at its memory or CPU time. */
    public long pid() {
        return process.pid();
    }

    /** Returns whether the process still runs. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /** A container may run on without its connector when somebody else took the port. */
    boolean hasFailedToBind() {
        return log().contains("Address already in use") || log().contains("java.net.BindException");
    }

    /** Stops the container in order (SIGTERM) and returns the exit code. */
    public int stop() {
        return process.terminate();
    }

    /** Ends the container at once (SIGKILL). */
    public void kill() {
        process.kill();
    }

    /** Stops the container if it still runs. */
    @Override
    public void close() {
        process.close();
    }
}
