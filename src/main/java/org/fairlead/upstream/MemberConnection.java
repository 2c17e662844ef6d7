package org.fairlead.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;

/**
 * One connection to a member: the library's, with our writer and our strict parser plugged in at its seams.
 *
 * <p>It belongs to one thread between {@link MemberPool#lease} and its return; only {@link #abort} may come from
 * elsewhere.
 */
final class MemberConnection {
    /** The library's own buffers stay empty, for heads and bodies go past them: so they are as small as can be. */
    private static final Http1Config UNBUFFERED =
            Http1Config.custom().setBufferSize(16).build();

    private final ManagedHttpClientConnection connection;
    private final Transport wire;
    private final PeerName peerName;
    private final ReadBuffer inlet;
    private final HeadParser parser;
    private final LibraryMessages messages = new LibraryMessages();
    private WriteBuffer sending;
    private ParsedHead received;
    private long idleSinceNanos;
    private long mayIdleNanos = Long.MAX_VALUE;
    private int requests;
    private boolean bound;
    private Optional<String> client = Optional.empty();

    /**
     * @param peerName what TLS was agreed on for
     * @param maxLine {@code responsefieldsize}
     */
    MemberConnection(Transport wire, PeerName peerName, int maxLine) throws IOException {
        this.wire = wire;
        this.peerName = peerName;
        this.inlet = new ReadBuffer(wire);
        this.parser = new HeadParser(inlet, maxLine);
        ManagedHttpClientConnectionFactory factory = ManagedHttpClientConnectionFactory.builder()
                .http1Config(UNBUFFERED)
                .requestWriterFactory(() -> (request, buffer, out) -> write())
                .responseParserFactory(unused -> (buffer, in) -> read())
                .build();
        connection = factory.createConnection(new WireSocket(wire, InputStream.nullInputStream(), true));
    }

    private void write() throws IOException {
        wire.write(sending.bytes, 0, sending.end);
    }

    private ClassicHttpResponse read() throws IOException {
        received = parser.read();
        return messages.response(received.status());
    }

    /** Sends a head, and what stands behind it in its outlet. */
    void send(WriteBuffer outlet) throws IOException {
        requests++;
        sending = outlet;
        wire.answerBegins();
        try {
            connection.sendRequestHeader(messages.request());
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }

    /** Reads one head, interim ones included. Blocks. */
    ParsedHead receive() throws IOException {
        try {
            connection.receiveResponseHeader();
            return received;
        } catch (HttpException e) {
            throw new BadResponseException(e.getMessage());
        }
    }

    Transport wire() {
        return wire;
    }

    ReadBuffer inlet() {
        return inlet;
    }

    HeadParser parser() {
        return parser;
    }

    /** Whose requests it may carry: those with this name in {@code Host}. */
    PeerName peerName() {
        return peerName;
    }

    /**
     * Binds it to the client's connection whose login it carries, from now on.
     *
     * @param to empty = that connection is not known, so this one carries no further request
     */
    void bind(Optional<String> to) {
        if (!bound) {
            bound = true;
            client = to;
        }
    }

    /** Whether it carries a login, so that it is not for everybody any more. */
    boolean isBound() {
        return bound;
    }

    /** The connection it is bound to; empty where none is, or none is known. */
    Optional<String> client() {
        return client;
    }

    /** Whether it has carried a request before this one. */
    boolean isReused() {
        return requests > 0;
    }

    /** The member's own word on how long it keeps an idle connection ({@code Keep-Alive: timeout=}). */
    void mayIdle(long nanos) {
        mayIdleNanos = nanos;
    }

    void idleSince(long now) {
        idleSinceNanos = now;
    }

    long idleNanos(long now) {
        return now - idleSinceNanos;
    }

    /** Whether it has idled for longer than {@code ttlNanos} or than the member allows. */
    boolean isOverAge(long now, long ttlNanos) {
        return idleNanos(now) >= Math.min(ttlNanos, mayIdleNanos);
    }

    /**
     * Whether nothing has happened on it since its last answer: neither a stray byte, which would become the next
     * user's answer, nor the member's end. Costs one read that never waits.
     */
    boolean isQuiet() {
        try {
            return wire.isOpen() && inlet.isEmpty() && inlet.fillNow() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Breaks it at once: drains nothing, waits for nothing. */
    void abort() {
        connection.close(CloseMode.IMMEDIATE);
        wire.close();
    }
}
