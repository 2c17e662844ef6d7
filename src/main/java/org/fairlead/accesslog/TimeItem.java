package org.fairlead.accesslog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.concurrent.TimeUnit;

/** {@code %t} and {@code %{FORMAT}t}: the time at which the request arrived or was completed. */
final class TimeItem implements Item {
    private static final String COMMON_LOG_TIME = "[%d/%b/%Y:%H:%M:%S %z]";
    private static final long MICROS = 1_000_000;

    private final boolean end;
    private final Writer writer;

    private TimeItem(boolean end, Writer writer) {
        this.end = end;
        this.writer = writer;
    }

    private interface Writer {
        void write(long epochMicros, LogLine line);
    }

    /** @param argument {@code begin} or {@code end}, a colon, and a format; each may be missing */
    static Item of(String argument) {
        boolean end = argument.equals("end") || argument.startsWith("end:");
        boolean begin = argument.equals("begin") || argument.startsWith("begin:");
        String format = argument;
        if (end || begin) {
            int colon = argument.indexOf(':');
            format = colon < 0 ? "" : argument.substring(colon + 1);
        }
        return new TimeItem(end, writer(format));
    }

    private static Writer writer(String format) {
        return switch (format) {
            case "" -> new BySecond(Strftime.compile(COMMON_LOG_TIME));
            case "sec" -> (micros, line) -> line.add(micros / MICROS);
            case "msec" -> (micros, line) -> line.add(micros / 1000);
            case "usec" -> (micros, line) -> line.add(micros);
            case "msec_frac" -> (micros, line) -> line.padded(micros % MICROS / 1000, 3);
            case "usec_frac" -> (micros, line) -> line.padded(micros % MICROS, 6);
            default -> new BySecond(Strftime.compile(format));
        };
    }

    @Override
    public void write(Served served, Completion ending, LogLine line) {
        long start = served.startMicros();
        writer.write(end ? start + TimeUnit.NANOSECONDS.toMicros(ending.nanos() - served.startNanos()) : start, line);
    }

    /** No format knows less than a second, so lines of the same second share their text. */
    private static final class BySecond implements Writer {
        private final Strftime format;
        private volatile Known known = new Known(Long.MIN_VALUE, new byte[0]);

        private record Known(long second, byte[] text) {}

        BySecond(Strftime format) {
            this.format = format;
        }

        @Override
        public void write(long epochMicros, LogLine line) {
            long second = Math.floorDiv(epochMicros, MICROS);
            Known now = known;
            if (now.second() != second) {
                ZonedDateTime moment = Instant.ofEpochSecond(second).atZone(ZoneId.systemDefault());
                now = new Known(second, format.write(moment).getBytes(StandardCharsets.UTF_8));
                known = now;
            }
            line.add(now.text());
        }
    }
}
