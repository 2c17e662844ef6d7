package org.fairlead.accesslog;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fairlead.model.AccessLogConfig;
import org.fairlead.model.AccessLogConfig.Destination;
import org.fairlead.model.AccessLogConfig.ToFile;
import org.fairlead.model.AccessLogConfig.ToProgram;

/**
 * The open outputs of all access logs: hosts that name the same file share one, and a new configuration takes over the
 * outputs of the old one. Thread-safe.
 */
public final class LogOutputs {
    private final Map<Key, Shared> open = new HashMap<>();

    /** The identity of an output: logs with equal keys share it. */
    record Key(Destination destination, boolean buffered) {
        static Key of(AccessLogConfig log) {
            return new Key(log.destination(), log.buffered());
        }
    }

    private static final class Shared {
        private final LogOutput output;
        private int users;

        Shared(LogOutput output) {
            this.output = output;
        }
    }

    synchronized LogOutput acquire(Key key) throws IOException {
        Shared shared = open.get(key);
        if (shared == null) {
            shared = new Shared(new LogOutput(key.destination().written(), target(key.destination()), key.buffered()));
            open.put(key, shared);
        }
        shared.users++;
        return shared.output;
    }

    private static LogTarget target(Destination destination) throws IOException {
        if (destination instanceof ToProgram program) {
            return LogProgram.start(program.command(), System::nanoTime);
        }
        return LogFile.open(((ToFile) destination).path(), System::nanoTime);
    }

    /** Returns after a bounded time, whatever the target does. */
    void release(Key key) {
        leave(key).ifPresent(LogOutput::close);
    }

    /** Returns the output that its last user has left; closed outside this lock, as a slow target would block all. */
    private synchronized Optional<LogOutput> leave(Key key) {
        Shared shared = open.get(key);
        shared.users--;
        if (shared.users > 0) {
            return Optional.empty();
        }
        open.remove(key);
        return Optional.of(shared.output);
    }
}
