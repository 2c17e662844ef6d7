package org.fairlead.model;

import java.nio.file.Path;
import java.util.List;

/**
 * One access log of a host ({@code CustomLog}, {@code TransferLog}, {@code GlobalLog}): where its lines go, what they
 * say, and which requests get one.
 *
 * @param format mod_log_config's format string, nicknames resolved
 * @param buffered {@code BufferedLogs}: lines are kept until 4096 bytes have come together
 */
public record AccessLogConfig(
        Destination destination, String format, LogCondition condition, boolean buffered, Source source) {
    /** Where lines go. */
    public sealed interface Destination {
        /** As the operator wrote it, for messages. */
        String written();
    }

    /** A file, appended to; absolute. */
    public record ToFile(Path path) implements Destination {
        @Override
        public String written() {
            return path.toString();
        }
    }

    /** A program that reads the lines from its standard input; never empty. */
    public record ToProgram(List<String> command) implements Destination {
        public ToProgram {
            command = List.copyOf(command);
        }

        @Override
        public String written() {
            return "|" + String.join(" ", command);
        }
    }

    /** Which requests are logged. */
    public sealed interface LogCondition {}

    /** All of them. */
    public record Always() implements LogCondition {}

    /** {@code env=NAME} or {@code env=!NAME}. */
    public record IfVariable(String name, boolean set) implements LogCondition {}

    /** {@code expr=}: an expression's text, which can be read. */
    public record IfExpression(String text) implements LogCondition {}
}
