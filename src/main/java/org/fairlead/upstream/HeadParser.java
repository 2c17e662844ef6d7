package org.fairlead.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.fairlead.http.FieldNames;
import org.fairlead.http.FieldValues;
import org.fairlead.http.Headers;

/**
 * A strict parser of response heads: refuses whatever two parsers could understand differently (RFC 9112 2.2, 4, 5).
 * That is junk before the status line, other versions than HTTP/1.x, folded lines, space before the colon, control
 * bytes, names that are no tokens. A bare LF ends a line, as RFC 9112 2.2 allows. Lines and their number are bounded.
 *
 * <p>It reads from the connection's {@link ReadBuffer}, in place of HttpClient's own lenient parser.
 */
final class HeadParser {
    /** The most field lines a head may have; httpd and Tomcat say 100, but members that set many cookies exist. */
    static final int MAX_LINES = 500;

    private static final int DEFAULT_LINE = 8192;
    /** The limit of a whole head where lines are short; a head that a member may send reaches the client. */
    static final int MIN_HEAD_BYTES = 64 * 1024;

    /** The number of longest lines that a head has room for. */
    private static final int LONGEST_LINES = 4;

    private final ReadBuffer inlet;
    private final int maxLine;
    private final int maxHead;
    private int left;
    private int nextLine;
    private boolean started;
    private long limitNanos;
    private long startNanos;

    /** @param maxLine {@code responsefieldsize}: the longest line in bytes; 0 = 8192 */
    HeadParser(ReadBuffer inlet, int maxLine) {
        this.inlet = inlet;
        this.maxLine = maxLine == 0 ? DEFAULT_LINE : maxLine;
        this.maxHead = Math.max(MIN_HEAD_BYTES, LONGEST_LINES * this.maxLine);
    }

    /** Limits the time from a head's first byte to its end, beside each silence in it; zero = no limit. */
    void limit(Duration whole) {
        limitNanos = whole.toNanos();
    }

    /** Whether a byte of a response had come when {@link #read} failed. */
    boolean hasStarted() {
        return started;
    }

    /**
     * Reads one head, blocking; interim ones are heads like others.
     *
     * @throws BadResponseException if it is not to be trusted
     * @throws EOFException if the member ends before the head does
     */
    ParsedHead read() throws IOException {
        left = maxHead;
        started = !inlet.isEmpty();
        startNanos = started ? System.nanoTime() : 0;
        int length = readLine();
        byte[] bytes = inlet.bytes;
        int start = inlet.position;
        int minor = version(bytes, start, length);
        int status = status(bytes, start, length);
        inlet.position = nextLine;
        return new ParsedHead(status, minor, fields(MAX_LINES));
    }

    /** Reads trailer fields up to the empty line. */
    Headers trailers(int maxLines) throws IOException {
        left = maxHead;
        startNanos = System.nanoTime();
        return fields(maxLines);
    }

    private Headers fields(int maxLines) throws IOException {
        Headers headers = new Headers();
        while (true) {
            int length = readLine();
            int start = inlet.position;
            if (length == 0) {
                inlet.position = nextLine;
                return headers;
            }
            if (headers.size() == maxLines) {
                throw new BadResponseException("more than " + maxLines + " fields");
            }
            field(inlet.bytes, start, length, headers);
            inlet.position = nextLine;
        }
    }

    /** Ensures that a whole line lies at the read buffer's position; returns its length without the line's end. */
    private int readLine() throws IOException {
        int scanned = 0;
        while (true) {
            byte[] bytes = inlet.bytes;
            int end = inlet.end;
            for (int i = inlet.position + scanned; i < end; i++) {
                if (bytes[i] == '\n') {
                    return endLine(bytes, i);
                }
            }
            scanned = inlet.length();
            if (scanned > maxLine + 1) {
                throw tooLong();
            }
            if (started) {
                checkTime();
            }
            if (inlet.fill() < 0) {
                throw new EOFException(started ? "the member closed within the head" : "the member closed");
            }
            if (!started) {
                started = true;
                startNanos = System.nanoTime();
            }
        }
    }

    /** A member that sends one byte at intervals never exceeds the limit of a silence. */
    private void checkTime() throws SocketTimeoutException {
        if (limitNanos > 0 && System.nanoTime() - startNanos > limitNanos) {
            throw new SocketTimeoutException("a head that takes longer than " + limitNanos / 1_000_000 + " ms");
        }
    }

    private int endLine(byte[] bytes, int lineFeed) throws BadResponseException {
        int start = inlet.position;
        int end = lineFeed > start && bytes[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
        nextLine = lineFeed + 1;
        left -= nextLine - start;
        if (end - start > maxLine) {
            throw tooLong();
        }
        if (left < 0) {
            throw new BadResponseException(
                    "a head of more than " + maxHead + " bytes (four times responsefieldsize, at least 64 KiB)");
        }
        return end - start;
    }

    private BadResponseException tooLong() {
        return new BadResponseException("a line of more than " + maxLine + " bytes (responsefieldsize)");
    }

    private static int version(byte[] b, int start, int length) throws BadResponseException {
        if (length < 12
                || b[start] != 'H'
                || b[start + 1] != 'T'
                || b[start + 2] != 'T'
                || b[start + 3] != 'P'
                || b[start + 4] != '/'
                || b[start + 5] != '1'
                || b[start + 6] != '.'
                || !isDigit(b[start + 7])
                || b[start + 8] != ' ') {
            throw new BadResponseException("no HTTP/1 status line");
        }
        return b[start + 7] - '0';
    }

    private static int status(byte[] b, int start, int length) throws BadResponseException {
        int i = start + 9;
        if (!isDigit(b[i]) || !isDigit(b[i + 1]) || !isDigit(b[i + 2]) || (length > 12 && b[i + 3] != ' ')) {
            throw new BadResponseException("no three-digit status");
        }
        int status = (b[i] - '0') * 100 + (b[i + 1] - '0') * 10 + b[i + 2] - '0';
        if (status < 100) {
            throw new BadResponseException("status " + status);
        }
        for (int k = i + 3; k < start + length; k++) {
            if (isControl(b[k])) {
                throw new BadResponseException("control byte in the reason");
            }
        }
        return status;
    }

    private static void field(byte[] b, int start, int length, Headers headers) throws BadResponseException {
        int end = start + length;
        int colon = start;
        while (colon < end && FieldSyntax.isToken(b[colon])) {
            colon++;
        }
        if (colon == start || colon == end || b[colon] != ':') {
            throw new BadResponseException(
                    colon == start && isBlank(b[start]) ? "folded line" : "malformed field name");
        }
        int from = colon + 1;
        while (from < end && isBlank(b[from])) {
            from++;
        }
        int to = end;
        while (to > from && isBlank(b[to - 1])) {
            to--;
        }
        for (int i = from; i < to; i++) {
            if (isControl(b[i])) {
                throw new BadResponseException("control byte in a field value");
            }
        }
        headers.add(FieldNames.of(b, start, colon), FieldValues.of(b, from, to));
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** Bytes above 0x7F are negative here, and are text. */
    private static boolean isControl(byte b) {
        return b >= 0 && b < ' ' && b != '\t' || b == 0x7F;
    }
}
