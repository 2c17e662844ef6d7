package org.fairlead.upstream;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.fairlead.balancer.Member;
import org.fairlead.engine.OutgoingRequest;
import org.fairlead.engine.PendingResponse;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.http.Headers;
import org.fairlead.http.ResponseHead;

/** One request on one leased connection, until its final head is here. Used by one thread at a time, once. */
final class Attempt implements PendingResponse {
    private static final int MAX_INTERIMS = 10;
    /** The wait for a 100 where {@code ping=} sets none: RFC 9110 10.1.1 forbids to wait for ever. */
    private static final Duration CONTINUE_TIMEOUT = Duration.ofSeconds(1);

    private final Member member;
    private final OutgoingRequest request;
    private final MemberPool pool;
    private final MemberConnection connection;
    private final WriteBuffer outlet;
    private final RequestBodySender pump;
    private final boolean reused;
    private final long connectedAt = System.nanoTime();
    private Optional<ParsedHead> early = Optional.empty();
    private boolean heard;
    private int interims;

    /** @param outlet the write buffer, which holds the encoded head */
    Attempt(Member member, OutgoingRequest request, MemberPool pool, MemberConnection connection, WriteBuffer outlet) {
        this.member = member;
        this.request = request;
        this.pool = pool;
        this.connection = connection;
        this.outlet = outlet;
        this.pump = new RequestBodySender(request.body(), connection, outlet);
        this.reused = connection.isReused();
    }

    /** One step of an attempt, which may fail in any way. */
    private interface Step<T> {
        T take() throws IOException;
    }

    /** Sends the request; the connection is gone if that fails. */
    Attempt send() throws UpstreamException {
        return guard(() -> {
            sendAll();
            outlet.release();
            return this;
        });
    }

    /** Receives the response, which then owns the connection; on failure the connection is gone. */
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
            throw failure(failed.kind(), failed.message(), e);
        } finally {
            if (!done) {
                pool.abort(connection);
            }
        }
    }

    /** An upgrade is not awaited in this way, since containers switch protocols where the request is served. */
    @Override
    public boolean isSilent() {
        return early.isEmpty()
                && pump.isComplete()
                && request.upgrade().isEmpty()
                && connection.inlet().isEmpty()
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

    private UpstreamResponse receiveAnswer() throws IOException {
        ParsedHead head = early.isPresent() ? early.get() : awaitFinal();
        ResponseHead answer = new ResponseHead(head.status(), head.fields());
        if (ConnectionLogin.mayFollow(request.headers(), head.fields())) {
            connection.bind(request.client().get());
        }
        if (head.status() == 101) {
            return new MemberResponse(
                    member.name(), pool, connection, answer, new Framing(0, false), pump.sent(), connectedAt);
        }
        Framing framing = Framing.of(request.method(), head);
        if (!pump.isComplete()) {
            framing = new Framing(framing.length(), false);
        }
        return new MemberResponse(member.name(), pool, connection, answer, framing, pump.sent(), connectedAt);
    }

    /** Sends the whole body, or less if the member responds before its end. */
    private void sendAll() throws IOException {
        boolean asks = HeadEncoder.expectsContinue(request, pool.config());
        if (!asks && request.body().isPresent()) {
            pump.joinHead();
        }
        try {
            connection.send(outlet);
            if (!asks || mayContinue()) {
                pump.run();
            }
        } catch (RequestBodySender.ClientBodyException
                | UpstreamException
                | BadResponseException
                | SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // A member may respond (or send a TLS alert) and close while we still write: that response counts.
            earlyAnswerOf(e);
        }
    }

    private void earlyAnswerOf(IOException broken) throws IOException {
        try {
            early = Optional.of(awaitFinal());
        } catch (BadResponseException | UpstreamException | SSLHandshakeException e) {
            e.addSuppressed(broken);
            throw e;
        } catch (IOException e) {
            broken.addSuppressed(e);
            throw broken;
        }
        pump.giveUp();
    }

    /**
     * After a head with {@code Expect: 100-continue}: waits for the 100; false = the member sent its response instead.
     */
    private boolean mayContinue() throws IOException {
        boolean ping = !pool.config().ping().isZero();
        Duration patience = ping ? pool.config().ping() : shorter(pool.config().timeout(), CONTINUE_TIMEOUT);
        long deadline = System.nanoTime() + patience.toNanos();
        ReadBuffer inlet = connection.inlet();
        while (true) {
            while (inlet.isEmpty() && inlet.fillNow() == 0) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !connection.wire().await(Duration.ofNanos(left))) {
                    if (ping) {
                        String late = "no 100 within ping=" + patience.toMillis() + "ms";
                        throw failure(Kind.PING, late, new SocketTimeoutException(late));
                    }
                    return true;
                }
            }
            ParsedHead head = receive();
            if (head.status() >= 200 || head.status() == 101) {
                early = Optional.of(head);
                return false;
            }
            if (head.status() == 100) {
                return true;
            }
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private ParsedHead awaitFinal() throws IOException {
        ParsedHead head = receive();
        while (head.status() < 200 && head.status() != 101) {
            head = receive();
        }
        return head;
    }

    /** Reads one head; interim ones are passed on, and a 101 counts as final if it was asked for. */
    private ParsedHead receive() throws IOException {
        ParsedHead head = connection.receive();
        heard = true;
        int status = head.status();
        if (status == 101) {
            checkSwitch(head.fields());
        } else if (status < 200) {
            if (++interims > MAX_INTERIMS) {
                throw new BadResponseException("more than " + MAX_INTERIMS + " interim answers");
            }
            tell(new ResponseHead(status, head.fields()));
        }
        return head;
    }

    private void tell(ResponseHead interim) throws UpstreamException {
        try {
            request.interim().received(interim);
        } catch (IOException e) {
            throw failure(Kind.CLIENT_BODY, "the client broke off", e);
        }
    }

    private void checkSwitch(Headers fields) throws BadResponseException {
        String asked = request.upgrade().orElseThrow(() -> new BadResponseException("101 that was not asked for"));
        if (!pump.isComplete()) {
            throw new BadResponseException("101 before the end of the request");
        }
        Optional<String> chosen = fields.first("Upgrade");
        if (chosen.isEmpty() || !FieldSyntax.lists(asked, chosen.get())) {
            throw new BadResponseException("101 for another protocol than was asked for");
        }
    }

    private UpstreamException failure(Kind kind, String message, Throwable cause) {
        // Only a connection that died without a byte of a response can have been stale.
        boolean stale = reused && !heard && !connection.parser().hasStarted();
        return new UpstreamException(kind, member.name() + ": " + message, stale, pump.isTouched(), cause);
    }
}
