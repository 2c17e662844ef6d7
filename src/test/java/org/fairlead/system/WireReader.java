package org.fairlead.system;

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
import javax.net.ssl.SSLException;
import org.fairlead.system.WireMessage.Framing;

/**
 * Reads HTTP/1 messages off a connection one after the other and keeps their very bytes.
 *
 * <p>It believes what it is told and mends nothing, so a test sees a wrong framing as a cut message or as a timeout
 * of the socket. Bodies are held in memory; for large ones take {@link #readHead} and {@link #input}. One thread.
 */
final class WireReader {
    private final BufferedInputStream in;
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean ended;
    private boolean reset;

    WireReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** Returns what follows the last message read. */
    InputStream input() {
        return in;
    }

    /** Returns the next request, or empty if the connection ended before its first byte. */
    Optional<WireMessage> readRequest() throws IOException {
        Optional<WireMessage> head = readHead();
        return head.isPresent() ? Optional.of(withBody(head.get(), framing(head.get(), Framing.NONE))) : head;
    }

    /**
     * Returns the next response, interim ones (1xx) included, or empty if the connection ended before its first byte.
     *
     * @param method the method of the request that it answers: after HEAD no body follows
     */
    Optional<WireMessage> readResponse(String method) throws IOException {
        Optional<WireMessage> head = readHead();
        if (head.isEmpty() || head.get().cut()) {
            return head;
        }
        int status = head.get().status();
        boolean bodiless = method.equals("HEAD") || status < 200 || status == 204 || status == 304;
        return Optional.of(withBody(head.get(), bodiless ? Framing.NONE : framing(head.get(), Framing.CLOSE)));
    }

    /** Returns the next head alone and leaves the body to {@link #input}; empty if the connection ended before it. */
    Optional<WireMessage> readHead() throws IOException {
        bytes = new ByteArrayOutputStream();
        ended = false;
        StringBuilder head = new StringBuilder();
        String line = line();
        while (!line.isEmpty() && !ended) {
            head.append(line).append('\n');
            line = line();
        }
        head.append(line);
        return ended && bytes.size() == 0
                ? Optional.empty()
                : Optional.of(message(head.toString().stripTrailing(), new byte[0], List.of(), Framing.NONE, ended));
    }

    private static Framing framing(WireMessage head, Framing otherwise) {
        if (head.headers("Transfer-Encoding").stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).endsWith("chunked"))) {
            return Framing.CHUNKED;
        }
        return head.header("Content-Length").isPresent() ? Framing.LENGTH : otherwise;
    }

    private WireMessage withBody(WireMessage head, Framing framing) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List<String> trailers = new ArrayList<>();
        switch (framing) {
            case NONE -> {}
            case LENGTH -> copy(Long.parseLong(head.header("Content-Length").orElseThrow()), body);
            case CHUNKED -> copyChunks(body, trailers);
            case CLOSE -> copy(Long.MAX_VALUE, body);
        }
        boolean cut = head.cut() || (framing == Framing.CLOSE ? reset : ended);
        return message(head.head(), body.toByteArray(), trailers, framing, cut);
    }

    private void copyChunks(ByteArrayOutputStream body, List<String> trailers) throws IOException {
        long size = chunkSize();
        while (size > 0 && !ended) {
            copy(size, body);
            line();
            size = chunkSize();
        }
        String trailer = ended ? "" : line();
        while (!trailer.isEmpty() && !ended) {
            trailers.add(trailer);
            trailer = line();
        }
    }

    private long chunkSize() throws IOException {
        String line = line().split(";", 2)[0].strip();
        return line.isEmpty() && ended ? 0 : Long.parseLong(line, 16);
    }

    private void copy(long count, ByteArrayOutputStream body) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long left = count;
        while (left > 0 && !ended) {
            int read = read(buffer, (int) Math.min(buffer.length, left));
            if (read > 0) {
                body.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = next();
        while (next >= 0 && next != '\n') {
            line.append((char) next);
            next = next();
        }
        int last = line.length() - 1;
        return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
    }

    private int next() throws IOException {
        byte[] one = new byte[1];
        return read(one, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    private int read(byte[] into, int length) throws IOException {
        int read = -1;
        try {
            read = in.read(into, 0, length);
        } catch (SocketException | SSLException e) {
            // The other side broke off, or our own side closed the socket under a blocked read: an end like any other.
            reset = true;
        }
        ended = read < 0;
        if (!ended) {
            bytes.write(into, 0, read);
        }
        return read;
    }

    private WireMessage message(String head, byte[] body, List<String> trailers, Framing framing, boolean cut) {
        return new WireMessage(bytes.toByteArray(), head, body, trailers, framing, cut);
    }

    /** Returns whether the connection ends here: false if another byte comes instead, which is then lost. */
    boolean ends() throws IOException {
        return next() < 0;
    }

    /** Returns the bytes of a head written by hand. */
    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
