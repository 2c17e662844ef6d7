package org.fairlead.accesslog;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.fairlead.model.AccessLogConfig;
import org.fairlead.model.AccessLogConfig.Destination;
import org.fairlead.model.AccessLogConfig.ToFile;
import org.fairlead.model.AccessLogConfig.ToProgram;

/**
 * What is open of all access logs: hosts that name the same file share it, and a new configuration goes on with what the
 * old one had open. Thread-safe.
 */
public final class LogOutputs {
    private final Map<Key, Shared> open = new HashMap<>();

    /** What makes two logs one. */
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

    synchronized void release(Key key) {
        Shared shared = open.get(key);
        shared.users--;
        if (shared.users == 0) {
            open.remove(key);
            shared.output.close();
        }
    }
}
