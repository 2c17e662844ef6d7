package org.fairlead.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.fairlead.balancer.Lease;
import org.fairlead.counters.FailureKind;
import org.fairlead.counters.TrafficCounters;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.HeadRefusedException;
import org.fairlead.exchange.Tunnel;
import org.fairlead.filter.BodyFilters;
import org.fairlead.filter.FilteredResponse;
import org.fairlead.http.LogText;
import org.fairlead.http.ResponseHead;

/**
 * The relay of a response to the client: a member's, or an error response of our own. After the first byte of a
 * response there is no second attempt, only an abort that the client can see.
 */
final class ResponseRelay {
    private static final System.Logger LOG = System.getLogger(ResponseRelay.class.getName());

    private final RequestContext context;
    private final Exchange exchange;
    private final ResponseHeaders answers;
    private final BodyFilters filters;

    ResponseRelay(RequestContext context, ResponseHeaders answers, BodyFilters filters) {
        this.context = context;
        this.exchange = context.exchange();
        this.answers = answers;
        this.filters = filters;
    }

    void error(int status) throws IOException {
        ErrorReply.of(status).send(context);
    }

    void unavailable(Optional<Duration> retryAfter) throws IOException {
        ErrorReply.of(503).retryAfter(retryAfter).send(context);
    }

    /**
     * Relays a member's response and settles the lease; a tunnel keeps both until it ends.
     *
     * @param latencyNanos the time until its head, which is the member's part; the rest is the client's
     * @throws ClientGoneException if the client does not take it
     */
    void answer(Lease lease, UpstreamResponse answer, long latencyNanos) throws IOException {
        boolean kept = false;
        try {
            if (answer.head().status() == 101) {
                kept = true;
                count(lease, 101, 0, latencyNanos);
                lease.answered(101, latencyNanos);
                tunnel(lease, answer);
            } else if (context.settings().overrides(answer.head().status())) {
                settle(lease, answer, 0, latencyNanos);
                override(answer);
            } else if (exchange.pullsBody()) {
                handOver(lease, answer, latencyNanos);
                kept = true;
            } else {
                pass(lease, answer, latencyNanos);
            }
        } catch (UpstreamException e) {
            failed(lease, answer, e, latencyNanos);
            error(502);
        } catch (HeadRefusedException e) {
            tell(lease.member().name(), e);
            error(502);
        } finally {
            if (!kept) {
                answer.close();
                lease.close();
            }
        }
    }

    /** Records a response that broke off, or that cannot be turned into a response for the client. */
    private void failed(Lease lease, UpstreamResponse answer, UpstreamException e, long latencyNanos) {
        tell(e.kind().name(), e);
        lease.badResponse();
        FailureKind kind = e.kind().failure();
        TrafficCounters traffic = lease.member().traffic();
        traffic.failed(kind, LogText.clean(e.getMessage()));
        traffic.ended(exchange.request().method(), answer.head().status(), kind, latencyNanos);
        context.observer().failed(kind, false);
    }

    private void tell(String what, Exception failure) {
        LOG.log(System.Logger.Level.WARNING, "{0} {1}: {2}", exchange.id(), what, LogText.clean(failure.getMessage()));
    }

    private void pass(Lease lease, UpstreamResponse answer, long latencyNanos) throws IOException, UpstreamException {
        FilteredResponse response = ranges().apply(filtered(lease, answer));
        if (response.instead().isPresent()) {
            RangeFilter.drop(answer);
            settle(lease, answer, 0, latencyNanos);
            ErrorReply.of(response.instead().get()).send(context);
            return;
        }
        OutputStream out = begin(response);
        long bytes = 0;
        if (ResponseHead.allowsBody(exchange.request().method(), answer.head().status())) {
            try {
                bytes = FilteredBody.copy(answer, response, out);
            } catch (UpstreamException e) {
                failed(lease, answer, e, latencyNanos);
                exchange.abort();
                return;
            }
            exchange.trailers(answer.trailers());
        }
        settle(lease, answer, bytes, latencyNanos);
        // Only here: a truncated response must not be ended as if it was complete.
        out.close();
    }

    /** Gives a member's response to an exchange that reads the body itself; the lease ends with the body. */
    private void handOver(Lease lease, UpstreamResponse answer, long latencyNanos)
            throws IOException, UpstreamException {
        ResponseHead head = headFor(lease, answer);
        if (!ResponseHead.allowsBody(exchange.request().method(), head.status())) {
            settle(lease, answer, 0, latencyNanos);
            exchange.take(head, length(answer), InputStream.nullInputStream());
            return;
        }
        exchange.take(
                head,
                length(answer),
                new PulledBody(
                        answer.body(),
                        bytes -> settle(lease, answer, bytes, latencyNanos),
                        failure -> failed(lease, answer, failure, latencyNanos),
                        () -> {
                            answer.close();
                            lease.close();
                        }));
    }

    /**
     * The range settings of the configuration and the request, which rules may have changed on the way to the member.
     */
    private RangeFilter ranges() {
        Instant received = Instant.EPOCH.plus(context.subject().start().epochMicros(), ChronoUnit.MICROS);
        return new RangeFilter(
                context.settings().responseDefaults().ranges(),
                exchange.request().method(),
                context.sent(),
                received);
    }

    private FilteredResponse filtered(Lease lease, UpstreamResponse answer) throws UpstreamException {
        try {
            return answers.toClient(answer.head(), length(answer), lease, filters);
        } catch (RuntimeException e) {
            throw unusable(e);
        }
    }

    private ResponseHead headFor(Lease lease, UpstreamResponse answer) throws UpstreamException {
        try {
            return new ResponseHead(answer.head().status(), answers.toClient(answer.head(), lease));
        } catch (RuntimeException e) {
            throw unusable(e);
        }
    }

    /**
     * @throws UpstreamException if the member's head cannot be turned into one for the client; nothing was sent then
     */
    private OutputStream begin(FilteredResponse response) throws IOException, UpstreamException {
        try {
            return exchange.reply(response.head(), response.length());
        } catch (RuntimeException e) {
            throw unusable(e);
        }
    }

    private UpstreamException unusable(RuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, exchange.id() + " an answer that cannot be begun", e);
        return new UpstreamException(Kind.BAD_ANSWER, "an answer that cannot be passed on: " + e, false, true, e);
    }

    /**
     * Settles the member's part before the client can know that the response is complete. The client's next request
     * then finds the member free, its connection in the pool, and the effect of its status applied.
     */
    private void settle(Lease lease, UpstreamResponse answer, long bytes, long latencyNanos) {
        count(lease, answer.head().status(), bytes, latencyNanos);
        lease.transferred(answer.bytesSent(), bytes);
        lease.answered(answer.head().status(), latencyNanos);
        answer.close();
        lease.close();
    }

    private void count(Lease lease, int status, long bytes, long latencyNanos) {
        TrafficCounters traffic = lease.member().traffic();
        traffic.ended(exchange.request().method(), status, FailureKind.NONE, latencyNanos);
        traffic.sent(bytes);
    }

    /** For HEAD the length that a GET would have had, as the member declared it (RFC 9110 9.3.2). */
    private long length(UpstreamResponse answer) {
        if (!exchange.request().isHead()) {
            return answer.length();
        }
        return answer.head()
                .headers()
                .first("Content-Length")
                .map(Long::parseLong)
                .orElse(-1L);
    }

    /** {@code ProxyErrorOverride}: the member's page is dropped, its challenge is kept. */
    private void override(UpstreamResponse answer) throws IOException {
        int status = answer.head().status();
        ErrorReply reply = ErrorReply.of(status);
        if (status == 401) {
            reply.keeping(answer.head().headers(), "WWW-Authenticate");
        }
        reply.send(context);
    }

    private void tunnel(Lease lease, UpstreamResponse answer) throws IOException {
        Tunnel tunnel = new LeasedTunnel(answer.tunnel(), lease);
        try {
            exchange.switchProtocols(new ResponseHead(101, answers.switching(answer.head(), lease)), tunnel);
        } catch (IOException | RuntimeException e) {
            tunnel.close();
            throw e;
        }
    }

    /** The lease lives as long as the tunnel. */
    private record LeasedTunnel(Tunnel tunnel, Lease lease) implements Tunnel {
        @Override
        public void start(InputStream fromClient, OutputStream toClient, Runnable closed) {
            tunnel.start(fromClient, toClient, () -> {
                lease.close();
                closed.run();
            });
        }

        @Override
        public void finish(Duration longest) {
            tunnel.finish(longest);
        }

        @Override
        public void close() {
            tunnel.close();
            lease.close();
        }
    }
}
