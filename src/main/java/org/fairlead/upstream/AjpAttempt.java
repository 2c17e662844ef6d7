package org.fairlead.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.fairlead.balancer.Member;
import org.fairlead.engine.OutgoingRequest;
import org.fairlead.engine.PendingResponse;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.http.Headers;
import org.fairlead.http.ResponseHead;

/** One request in AJP on one leased connection, until its head is here. Used by one thread at a time, once. */
final class AjpAttempt implements PendingResponse {
    private final Member member;
    private final OutgoingRequest request;
    private final MemberPool pool;
    private final MemberConnection connection;
    private final WriteBuffer outlet;
    private final ReadBuffer inlet;
    private final AjpPacketReader packets;
    private final AjpBodySender body;
    private final boolean reused;
    private final long connectedAt = System.nanoTime();
    private Optional<ParsedHead> head = Optional.empty();
    private boolean heard;
    private long partSinceNanos;

    /** @param outlet the write buffer, which holds the encoded head */
    AjpAttempt(
            Member member, OutgoingRequest request, MemberPool pool, MemberConnection connection, WriteBuffer outlet) {
        this.member = member;
        this.request = request;
        this.pool = pool;
        this.connection = connection;
        this.outlet = outlet;
        this.inlet = connection.inlet();
        this.packets = new AjpPacketReader(inlet);
        this.body = new AjpBodySender(
                request.body(), connection, pool.buffers(), AjpRequestEncoder.packetSize(pool.config()));
        this.reused = connection.isReused();
    }

    /** One step of an attempt, which may fail in any way. */
    private interface Step<T> {
        T take() throws IOException;
    }

    /** Sends the request, and of its body what the member asks for; the connection is gone if that fails. */
    AjpAttempt send() throws UpstreamException {
        return guard(() -> {
            body.joinHead(outlet);
            connection.begin(outlet);
            outlet.release();
            sendBody();
            return this;
        });
    }

    @Override
    public UpstreamResponse answer() throws UpstreamException {
        return guard(this::receiveAnswer);
    }

    private <T> T guard(Step<T> step) throws UpstreamException {
        boolean done = false;
        try {
            T result = step.take();
            done = true;
            return result;
        } catch (UpstreamException e) {
            throw e;
        } catch (IOException e) {
            FailedExchange failed = FailedExchange.of(e);
            // Only a connection that died without a byte of a response can have been stale.
            boolean stale = reused && !heard && inlet.isEmpty();
            throw new UpstreamException(
                    failed.kind(), member.name() + ": " + failed.message(), stale, body.isTouched(), e);
        } finally {
            if (!done) {
                pool.abort(connection);
            }
        }
    }

    @Override
    public boolean isSilent() {
        return head.isEmpty()
                && body.isComplete()
                && inlet.isEmpty()
                && connection.wire().isWatchable();
    }

    @Override
    public boolean whenHeard(Runnable heard) {
        return connection.wire().whenReadable(heard);
    }

    @Override
    public void cancel() {
        pool.abort(connection);
    }

    private void sendBody() throws IOException {
        try {
            while (head.isEmpty() && !body.isComplete()) {
                step();
            }
        } catch (RequestBodySender.ClientBodyException
                | BadResponseException
                | SocketTimeoutException
                | EOFException e) {
            throw e;
        } catch (IOException e) {
            // A member may respond and close while we still write: that response counts.
            earlyAnswerOf(e);
        }
    }

    private void earlyAnswerOf(IOException broken) throws IOException {
        body.giveUp();
        try {
            awaitHead();
        } catch (BadResponseException e) {
            e.addSuppressed(broken);
            throw e;
        } catch (IOException e) {
            broken.addSuppressed(e);
            throw broken;
        }
    }

    private void awaitHead() throws IOException {
        while (head.isEmpty()) {
            step();
        }
    }

    /** Takes one packet, or makes that one comes: by the packet that the member waits for, or by waiting. */
    private void step() throws IOException {
        AjpPacketReader.Packet packet = packets.next();
        heard |= packet != AjpPacketReader.Packet.NONE;
        switch (packet) {
            case NONE -> await();
            case GET_BODY_CHUNK -> body.asked(packets.asked());
            case HEADERS -> head = Optional.of(packets.head(pool.config().responseFieldSize()));
            case BODY_CHUNK -> {
                // One without data asks for a flush, and there is nothing to flush yet.
                if (packets.chunkLeft() > 0) {
                    throw new BadResponseException("a body before its head");
                }
            }
            default -> throw new BadResponseException(packet + " before the head of an answer");
        }
    }

    private void await() throws IOException {
        if (inlet.hasEnded()) {
            throw new EOFException(inlet.isEmpty() ? "the member closed" : "the member closed within a packet");
        }
        checkTime();
        if (body.owes()) {
            body.serve();
        } else {
            inlet.fill();
        }
    }

    /** A member that sends one byte at intervals never exceeds the limit of a silence. */
    private void checkTime() throws SocketTimeoutException {
        long now = System.nanoTime();
        if (inlet.isEmpty()) {
            partSinceNanos = now;
        } else if (now - partSinceNanos > pool.config().timeout().toNanos()) {
            throw new SocketTimeoutException(
                    "a packet that takes longer than " + pool.config().timeout().toMillis() + " ms");
        }
    }

    private UpstreamResponse receiveAnswer() throws IOException {
        awaitHead();
        ParsedHead parsed = head.orElseThrow();
        Headers fields = parsed.fields();
        // The packets frame the body, whatever a member says here.
        fields.remove("Transfer-Encoding");
        boolean allowed = ResponseHead.allowsBody(request.method(), parsed.status());
        long length = Framing.of(request.method(), parsed).length();
        AjpBodyDecoder decoder = new AjpBodyDecoder(inlet, packets, body, length, allowed);
        if (length == 0) {
            decoder.drain();
        }
        return new AjpResponse(
                member.name(),
                pool,
                connection,
                new ResponseHead(parsed.status(), fields),
                length,
                decoder,
                body,
                connectedAt);
    }
}
