package org.fairlead.accesslog;

/** One part of a format, compiled: writes its text at the end of a line. Immutable and thread-safe. */
interface Item {
    void write(Served served, Completion ending, LogLine line);

    /** Text that is the same in every line, as the operator wrote it. */
    static Item constant(byte[] text) {
        return (served, ending, line) -> line.add(text);
    }
}
