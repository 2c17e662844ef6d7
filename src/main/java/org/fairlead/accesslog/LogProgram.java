package org.fairlead.accesslog;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A piped log program that reads lines from its standard input ({@code |rotatelogs …}). A program that has exited is
 * restarted, once a second at most; it inherits our standard output and standard error.
 */
final class LogProgram implements LogTarget {
    private static final System.Logger LOG = System.getLogger(LogProgram.class.getName());
    private static final long RESTART_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** How long a program may take to write what it has read, once its input has ended. */
    private static final long EXIT_TIMEOUT_SECONDS = 4;
    /** How long it may take to exit after it was terminated. */
    private static final long TERMINATION_SECONDS = 1;

    private final List<String> command;
    private final LongSupplier clock;
    private volatile Process process;
    private long started;
    private volatile boolean closed;

    private LogProgram(List<String> command, LongSupplier clock) throws IOException {
        this.command = command;
        this.clock = clock;
        start();
    }

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    static LogProgram start(List<String> command, LongSupplier clock) throws IOException {
        return new LogProgram(command, clock);
    }

    private void start() throws IOException {
        started = clock.getAsLong();
        process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
        if (closed) {
            throw new IOException("the program has been let go with the configuration that named it");
        }
        if (process.isAlive()) {
            try {
                give(bytes, length);
                return;
            } catch (IOException e) {
                if (closed) {
                    throw e;
                }
                LOG.log(System.Logger.Level.DEBUG, "a program for log lines has ended", e);
            }
        }
        restart();
        give(bytes, length);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    private void give(byte[] bytes, int length) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write(bytes, 0, length);
        input.flush();
    }

    private void restart() throws IOException {
        if (clock.getAsLong() - started < RESTART_NANOS) {
            throw new IOException("it ends as soon as it is started");
        }
        LOG.log(System.Logger.Level.WARNING, "access log: {0} has ended and is started again", command.get(0));
        process.destroy();
        start();
        if (closed) {
            process.destroyForcibly();
        }
    }

    @Override
    public void abandon() {
        closed = true;
        process.destroyForcibly();
    }

    @Override
    public void close() {
        closed = true;
        try {
            process.getOutputStream().close();
            if (!process.waitFor(EXIT_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
                if (!process.waitFor(TERMINATION_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a program for log lines had ended before", e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
