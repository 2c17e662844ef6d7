package org.fairlead.accesslog;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The access logs of one host: writes a request's line to each log whose condition holds. Thread-safe. */
public final class HostLog {
    /** A host that logs nothing. */
    public static final HostLog NONE = new HostLog(List.of());

    private static final LineStock LINES = new LineStock();

    private final Log[] logs;

    /** One log: a condition, a format, an output. */
    record Log(LogCondition condition, LogFormat format, LogOutput output) {}

    HostLog(List<Log> logs) {
        this.logs = logs.toArray(new Log[0]);
    }

    public boolean isEmpty() {
        return logs.length == 0;
    }

    /** Logs a completed request; to be called once. Blocks only while a log's target takes nothing. */
    public void write(Served served, Completion ending) {
        if (logs.length == 0) {
            return;
        }
        LogLine line = LINES.take();
        for (Log log : logs) {
            if (log.condition().holds(served, ending)) {
                line.clear();
                log.format().write(served, ending, line);
                log.output().append(line);
            }
        }
        LINES.giveBack(line);
    }

    /** A pool of line buffers; a thread that finds none makes one. Thread-locals would not help virtual threads. */
    private static final class LineStock {
        private static final int SIZE = 16;

        private final AtomicReferenceArray<LogLine> free = new AtomicReferenceArray<>(SIZE);

        private static int place() {
            return (int) (Thread.currentThread().getId() & SIZE - 1);
        }

        LogLine take() {
            LogLine line = free.getAndSet(place(), null);
            return line == null ? new LogLine() : line;
        }

        void giveBack(LogLine line) {
            free.set(place(), line);
        }
    }
}
