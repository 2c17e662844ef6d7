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
 * One connection to a member: HttpClient's, with our writer and our strict parser plugged into it.
 *
 * <p>It belongs to one thread between {@link MemberPool#lease} and its return; only {@link #abort} may come from
 * another.
 */
final class MemberConnection {
    /** HttpClient's own buffers stay empty, for heads and bodies bypass them: so they are as small as can be. */
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
     * @param peerName the name that TLS was agreed on for
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

    /** Sends a head, and the bytes behind it in its write buffer. */
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

    /** The peer name of requests that it may carry: those with this name in {@code Host}. */
    PeerName peerName() {
        return peerName;
    }

    /**
     * Binds it from now on to the client's connection whose login it carries.
     *
     * @param to empty = that connection is not known, so this one carries no further request
     */
    void bind(Optional<String> to) {
        if (!bound) {
            bound = true;
            client = to;
        }
    }

    /** Whether it carries a login, so that other clients must not use it. */
    boolean isBound() {
        return bound;
    }

    /** The client's connection that it is bound to; empty where none is, or none is known. */
    Optional<String> client() {
        return client;
    }

    /** Whether it has carried a request before this one. */
    boolean isReused() {
        return requests > 0;
    }

    /** Sets the member's limit for its idle time ({@code Keep-Alive: timeout=}). */
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
     * Whether nothing has happened on it since its last response: neither a stray byte, which would become the next
     * user's response, nor the member's close. Costs one read that never waits.
     */
    boolean isQuiet() {
        try {
            return wire.isOpen() && inlet.isEmpty() && inlet.fillNow() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Aborts it at once: drains nothing, waits for nothing. */
    void abort() {
        connection.close(CloseMode.IMMEDIATE);
        wire.close();
    }
}
