package org.fairlead.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads requests as the strictest member would: whatever RFC 9112 calls invalid, or lets two recipients understand in
 * two ways, is a {@link Violation}.
 *
 * <p>A proxy may be lenient towards clients only if what it passes on leaves no room for a second reading, so every
 * byte of every case goes through here. One thread.
 */
final class StrictReader {
    private static final Pattern REQUEST_LINE =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ [\\x21\\x22\\x24-\\x7E\\x80-\\xFF]+ HTTP/1\\.1");
    private static final Pattern FIELD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\\t\\x20-\\x7E\\x80-\\xFF]*");
    private static final Pattern CHUNK_SIZE = Pattern.compile("[0-9A-Fa-f]{1,16}");
    private static final int LONGEST_LINE = 4 << 20;

    private final BufferedInputStream in;
    private boolean ended;

    StrictReader(InputStream in) {
        this.in = new BufferedInputStream(in, 64 * 1024);
    }

    /** Bytes that no proxy may send. */
    static final class Violation extends IOException {
        private static final long serialVersionUID = 1;

        Violation(String what) {
            super(what);
        }
    }

    /** A head that has been read, with its body still to come. */
    record Head(String startLine, List<String> fields, String framing, boolean complete) {
        Received with(byte[] body, List<String> trailers, boolean complete) {
            return new Received(startLine, fields, framing, body, trailers, complete);
        }
    }

    /** Returns the next head, or empty when the connection ends between two messages. */
    Optional<Head> head() throws IOException {
        ended = false;
        String start = line();
        if (ended && start.isEmpty()) {
            return Optional.empty();
        }
        List<String> fields = new ArrayList<>();
        String line = ended ? "" : line();
        while (!ended && !line.isEmpty()) {
            fields.add(line);
            line = line();
        }
        if (ended) {
            return Optional.of(new Head(start, fields, "", false));
        }
        check(REQUEST_LINE, start, "request line");
        for (String field : fields) {
            check(FIELD, field, "field line");
        }
        return Optional.of(new Head(start, fields, framing(fields), true));
    }

    /** Returns the whole message that the head begins. */
    Received rest(Head head) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List<String> trailers = new ArrayList<>();
        if (head.complete() && head.framing().equals("chunked")) {
            chunks(body, trailers);
        } else if (head.complete() && !head.framing().isEmpty()) {
            copy(Long.parseLong(head.framing().substring("content-length: ".length())), body);
        }
        return head.with(body.toByteArray(), trailers, head.complete() && !ended);
    }

    /** Returns what follows the last head or message. */
    InputStream input() {
        return in;
    }

    private static void check(Pattern grammar, String line, String what) throws Violation {
        if (!grammar.matcher(line).matches()) {
            throw new Violation(what + ": " + Notation.shown(line.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    /** RFC 9112 6.3: at most one framing field, in a form that nobody can misread. */
    private static String framing(List<String> fields) throws Violation {
        List<String> found = fields.stream()
                .map(field -> field.toLowerCase(Locale.ROOT))
                .filter(field -> field.startsWith("content-length:") || field.startsWith("transfer-encoding:"))
                .toList();
        long hosts = fields.stream()
                .filter(field -> field.toLowerCase(Locale.ROOT).startsWith("host:"))
                .count();
        if (hosts != 1) {
            throw new Violation(hosts + " Host fields in " + fields);
        }
        if (found.isEmpty()) {
            return "";
        }
        String only = found.get(0).replaceFirst(":\\s*", ": ").stripTrailing();
        if (found.size() > 1 || !only.matches("content-length: [0-9]{1,18}|transfer-encoding: chunked")) {
            throw new Violation("framing " + found);
        }
        return only.startsWith("t") ? "chunked" : only;
    }

    private void chunks(ByteArrayOutputStream body, List<String> trailers) throws IOException {
        long size = chunkSize();
        while (!ended && size > 0) {
            copy(size, body);
            if (!ended && !line().isEmpty()) {
                throw new Violation("bytes behind a chunk");
            }
            size = ended ? 0 : chunkSize();
        }
        String trailer = ended ? "" : line();
        while (!ended && !trailer.isEmpty()) {
            check(FIELD, trailer, "trailer");
            trailers.add(trailer);
            trailer = line();
        }
    }

    private long chunkSize() throws IOException {
        String line = line();
        if (ended) {
            return 0;
        }
        check(CHUNK_SIZE, line, "chunk size");
        return Long.parseUnsignedLong(line, 16);
    }

    private void copy(long count, ByteArrayOutputStream body) throws IOException {
        byte[] buffer = new byte[(int) Math.min(64 * 1024, count)];
        long left = count;
        while (left > 0 && !ended) {
            int read = read(buffer, (int) Math.min(buffer.length, left));
            ended = read < 0;
            if (!ended) {
                body.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    /** Returns a line that ended with CR LF, and knows no other end; what the connection's end cut short, as it is. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        byte[] one = new byte[1];
        boolean carriageReturn = false;
        while (line.length() < LONGEST_LINE) {
            ended = read(one, 1) < 0;
            if (ended) {
                return line.toString();
            }
            char c = (char) (one[0] & 0xFF);
            if (c == '\n') {
                if (!carriageReturn) {
                    throw new Violation("a line ends with LF alone: " + line);
                }
                return line.toString();
            }
            if (carriageReturn) {
                throw new Violation("a CR within a line: " + line);
            }
            carriageReturn = c == '\r';
            if (!carriageReturn) {
                line.append(c);
            }
        }
        throw new Violation("a line of more than " + LONGEST_LINE);
    }

    private int read(byte[] into, int length) throws IOException {
        try {
            return in.read(into, 0, length);
        } catch (SocketException e) {
            // The proxy broke off: an end like any other.
            return -1;
        }
    }
}
