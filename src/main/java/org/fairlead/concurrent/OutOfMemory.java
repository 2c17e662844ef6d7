package org.fairlead.concurrent;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Exits a process that has run out of heap. An {@link OutOfMemoryError} ends any thread, a poller as well as a request
 * thread, so a surviving process may serve no client any more; its supervisor starts a new one. The effect is that of
 * {@code -XX:+ExitOnOutOfMemoryError}, which a jar's manifest cannot set. For programs, not for a servlet in a
 * container. Thread-safe.
 */
public final class OutOfMemory {
    /** The exit status of the JVM's own option. */
    static final int EXIT_CODE = 3;

    private static final System.Logger LOG = System.getLogger(OutOfMemory.class.getName());

    private static final FileOutputStream ERROR_STREAM = new FileOutputStream(FileDescriptor.err);

    /** Made early: later there may be no memory for it. */
    private static final byte[] MESSAGE = ("fairlead: out of memory, the process ends (exit " + EXIT_CODE
                    + "); give it more heap (-Xmx) or allow fewer connections (MaxConnections)\n")
            .getBytes(StandardCharsets.UTF_8);

    /** Not the heap: a thread that cannot be started, an array longer than any, a buffer outside the heap. */
    private static final List<String> RECOVERABLE =
            List.of("native thread", "Requested array size", "direct buffer", "Direct buffer");

    private OutOfMemory() {}

    /** Installs the handler: a thread that ends for lack of memory exits the process from now on. */
    public static void endsProcess() {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            endIfOutOfMemory(failure);
            if (before != null) {
                before.uncaughtException(thread, failure);
            } else {
                LOG.log(System.Logger.Level.ERROR, "a thread has ended: " + thread.getName(), failure);
            }
        });
    }

    /** Exits the process if the throwable or its cause is this error; for code that catches errors and continues. */
    public static void endIfOutOfMemory(Throwable failure) {
        if (isOutOfMemory(failure)) {
            try {
                ERROR_STREAM.write(MESSAGE);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "the end cannot be told of", e);
            } finally {
                Runtime.getRuntime().halt(EXIT_CODE);
            }
        }
    }

    /** Whether the heap was full: the same error reports other shortages, which are temporary. */
    static boolean isOutOfMemory(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError error) {
                String message = String.valueOf(error.getMessage());
                return RECOVERABLE.stream().noneMatch(message::contains);
            }
        }
        return false;
    }
}
