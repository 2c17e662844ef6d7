package org.fairlead.boot;

import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * The JDK's {@link SimpleFormatter}, made for the first record: it tries its pattern when it is made, with a date and all
 * that a date needs, and most starts say nothing. Public because java.util.logging asks for it; thread-safe.
 */
public final class LateFormatter extends Formatter {
    /** Made when it is first asked for. */
    private static final class Made {
        private static final Formatter FORMATTER = new SimpleFormatter();
    }

    @Override
    public String format(LogRecord line) {
        return Made.FORMATTER.format(line);
    }
}
