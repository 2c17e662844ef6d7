package org.fairlead.connector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.fairlead.http.IpAddress;

/**
 * The PROXY header at the beginning of a connection, version 1 or 2 (HAProxy's proxy-protocol.txt). It is read to its
 * last byte and no further, because TLS or HTTP follows. Used by one thread at a time.
 */
final class ProxyHeader {
    /** The longest header of version 1, with its line end. */
    private static final int MAX_TEXT_BYTES = 107;
    /** The shortest: {@code PROXY UNKNOWN} and its line end. */
    private static final int MIN_TEXT_BYTES = 15;
    /** Of version 2, without addresses. */
    private static final int FIXED_BYTES = 16;
    /** Addresses and what balancers add to them; the longest in use have some hundred bytes. */
    private static final int MAX_BYTES = 4096;

    private static final byte[] TEXT = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNATURE = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};

    private static final int COMMAND_LOCAL = 0x20;
    private static final int COMMAND_PROXY = 0x21;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int UNSPECIFIED = 0;

    private final boolean optional;
    private ByteBuffer read = ByteBuffer.allocate(MAX_TEXT_BYTES);
    private State state = State.INCOMPLETE;
    private Optional<Client> client = Optional.empty();

    /** The result so far. */
    enum State {
        INCOMPLETE,
        /** A whole header was read, or it is optional and there is none. */
        DONE,
        /** The connection has to be closed: what was sent is no header, or ends within it. */
        BROKEN
    }

    /** The client that a balancer names. */
    record Client(String address, int port) {}

    /** @param optional whether a connection may begin with something else */
    ProxyHeader(boolean optional) {
        this.optional = optional;
    }

    /**
     * Reads what is there.
     *
     * @param connection a channel that does not block
     */
    State read(ReadableByteChannel connection) throws IOException {
        while (state == State.INCOMPLETE) {
            read.limit(Math.min(read.capacity(), read.position() + wanted()));
            int n = connection.read(read);
            if (n <= 0) {
                state = n < 0 ? State.BROKEN : state;
                return state;
            }
            state = judge();
        }
        return state;
    }

    /** The client that the header names; empty = none, so that the connection's own address counts. */
    Optional<Client> client() {
        return client;
    }

    /** Bytes that were read and are no header. */
    ByteBuffer rest() {
        return client.isEmpty() && !isText() && !isBinary() ? read.duplicate().flip() : ByteBuffer.allocate(0);
    }

    /** How many bytes belong to the header for certain, at least one. */
    private int wanted() {
        int position = read.position();
        if (isBinary()) {
            return position < FIXED_BYTES ? FIXED_BYTES - position : FIXED_BYTES + length() - position;
        }
        if (isText()) {
            return Math.max(1, MIN_TEXT_BYTES - position);
        }
        return position < TEXT.length ? TEXT.length - position : SIGNATURE.length - position;
    }

    private State judge() throws IOException {
        int position = read.position();
        if (!startsLike(TEXT) && !startsLike(SIGNATURE)) {
            return optional ? State.DONE : State.BROKEN;
        }
        if (isText()) {
            if (read.get(position - 1) == '\n') {
                return text(new String(read.array(), 0, position, StandardCharsets.ISO_8859_1));
            }
            return position == MAX_TEXT_BYTES ? State.BROKEN : State.INCOMPLETE;
        }
        if (!isBinary() || position < FIXED_BYTES) {
            return State.INCOMPLETE;
        }
        return binary(position);
    }

    private boolean startsLike(byte[] begin) {
        for (int i = 0; i < Math.min(begin.length, read.position()); i++) {
            if (read.get(i) != begin[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean isText() {
        return read.position() >= TEXT.length && startsLike(TEXT);
    }

    private boolean isBinary() {
        return read.position() >= SIGNATURE.length && startsLike(SIGNATURE);
    }

    /** {@code PROXY TCP4 192.0.2.1 192.0.2.2 4711 443}, or {@code PROXY UNKNOWN} and anything. */
    private State text(String line) {
        if (!line.endsWith("\r\n")) {
            return State.BROKEN;
        }
        String[] words = line.substring(0, line.length() - 2).split(" ", -1);
        if (words[1].equals("UNKNOWN")) {
            return State.DONE;
        }
        boolean six = words[1].equals("TCP6");
        if (!six && !words[1].equals("TCP4") || words.length != 6) {
            return State.BROKEN;
        }
        Optional<IpAddress> source = address(words[2], six);
        int port = port(words[4]);
        if (source.isEmpty() || address(words[3], six).isEmpty() || port < 0 || port(words[5]) < 0) {
            return State.BROKEN;
        }
        client = Optional.of(new Client(IpAddress.canonical(words[2]), port));
        return State.DONE;
    }

    private static Optional<IpAddress> address(String word, boolean six) {
        return word.contains(":") == six ? IpAddress.parse(word) : Optional.empty();
    }

    private static int port(String word) {
        boolean digits = !word.isEmpty() && word.length() <= 5 && word.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = digits ? Integer.parseInt(word) : -1;
        return port <= 0xFFFF ? port : -1;
    }

    private int length() {
        return read.getShort(FIXED_BYTES - 2) & 0xFFFF;
    }

    private State binary(int position) throws UnknownHostException {
        int whole = FIXED_BYTES + length();
        int command = read.get(12) & 0xFF;
        if (whole > MAX_BYTES || command != COMMAND_LOCAL && command != COMMAND_PROXY) {
            return State.BROKEN;
        }
        if (position < whole) {
            if (read.capacity() < whole) {
                read = ByteBuffer.allocate(whole).put(read.flip());
            }
            return State.INCOMPLETE;
        }
        int family = read.get(13) & 0xFF;
        if (command == COMMAND_LOCAL || family == UNSPECIFIED) {
            return State.DONE;
        }
        int bytes = family == TCP4 ? 4 : 16;
        if (family != TCP4 && family != TCP6 || length() < 2 * bytes + 4) {
            return State.BROKEN;
        }
        byte[] source = new byte[bytes];
        read.get(FIXED_BYTES, source);
        int port = read.getShort(FIXED_BYTES + 2 * bytes) & 0xFFFF;
        String address = InetAddress.getByAddress(source).getHostAddress();
        client = Optional.of(new Client(IpAddress.canonical(address), port));
        return State.DONE;
    }
}
