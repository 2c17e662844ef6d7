package org.fairlead.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import org.fairlead.model.Source;

/**
 * Text into the lines that httpd sees: a backslash at a line's end joins it to the next one (in comments too), blanks
 * around a line are dropped, comments and empty lines are passed over.
 *
 * <p>A line is known by the number of its first physical line. A line that cannot be configuration (too long, binary)
 * is reported to the {@link Problems} and skipped, so a reader gets valid text only. Not thread-safe.
 */
final class HttpdLines {
    /** The longest line kept; httpd's limit is 16 MiB, and no line written by hand is even this long. */
    static final int MAX_LINE_CHARS = 1 << 20;

    /** Limit of lines that cannot be configuration; a file with more is taken as binary. */
    static final int MAX_UNSOUND_LINES = 100;

    /** The most characters read of a file: far more than a configuration, far fewer than a device yields. */
    static final long MAX_FILE_BYTES = 64L << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final BufferedReader in;
    private final String file;
    private final Problems problems;
    private int physical;
    private boolean overlong;
    private int unsound;
    private long characters;

    HttpdLines(Reader in, String file, Problems problems) {
        this.in = in instanceof BufferedReader b ? b : new BufferedReader(in);
        this.file = file;
        this.problems = problems;
    }

    /**
     * One line of configuration.
     *
     * @param text without blanks at its ends, never empty, never a comment
     */
    record Line(Source source, String text) {}

    /** Returns the next line, or empty at the end of the text. */
    Optional<Line> next() throws IOException {
        StringBuilder text = new StringBuilder();
        boolean more = true;
        while (more && unsound < MAX_UNSOUND_LINES) {
            text.setLength(0);
            Source source = new Source(file, physical + 1);
            more = joined(text);
            String line = HttpdWords.strip(text);
            if (isConfiguration(line) && isSound(source, line)) {
                return Optional.of(new Line(source, line));
            }
            if (characters > MAX_FILE_BYTES || unsound == MAX_UNSOUND_LINES) {
                problems.error(source, "this file is binary or too large: the rest was not read");
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean isConfiguration(String line) {
        return !line.isEmpty() && line.charAt(0) != '#';
    }

    private boolean isSound(Source source, String line) {
        Optional<String> wrong = overlong
                ? Optional.of("is longer than " + MAX_LINE_CHARS + " characters")
                : foreign(line).map(what -> what + ": " + Quoted.of(line));
        wrong.ifPresent(text -> problems.error(source, "this line " + text));
        unsound += wrong.isPresent() ? 1 : 0;
        return wrong.isEmpty();
    }

    /** What no text has in it. */
    private static Optional<String> foreign(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\uFFFD') {
                return Optional.of("is not UTF-8");
            }
            if (c < ' ' && !HttpdWords.isBlank(c) || c == 0x7F) {
                return Optional.of("holds a control character");
            }
        }
        return Optional.empty();
    }

    /** Reads one line with its continuations; returns false when the text has ended. */
    private boolean joined(StringBuilder text) throws IOException {
        overlong = false;
        while (true) {
            int start = text.length();
            boolean ended = !physicalLine(text);
            int last = text.length() - 1;
            if (ended || last < start || text.charAt(last) != '\\') {
                return !ended;
            }
            text.setLength(last);
        }
    }

    /** Appends one line without its end; of a line that is too long the start and the last character. */
    private boolean physicalLine(StringBuilder text) throws IOException {
        physical++;
        boolean carriageReturn = false;
        for (int c = in.read(); c >= 0 && ++characters <= MAX_FILE_BYTES; c = in.read()) {
            if (c == '\n') {
                return true;
            }
            if (carriageReturn) {
                append(text, '\r');
            }
            carriageReturn = c == '\r';
            if (!carriageReturn && !(c == BYTE_ORDER_MARK && physical == 1 && text.isEmpty())) {
                append(text, (char) c);
            }
        }
        return false;
    }

    private void append(StringBuilder text, char c) {
        if (text.length() <= MAX_LINE_CHARS) {
            text.append(c);
        } else {
            overlong = true;
            text.setCharAt(MAX_LINE_CHARS, c);
        }
    }
}
