package org.fairlead.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.balancer.SelectionPreview;
import org.fairlead.counters.FailureKind;
import org.fairlead.counters.TrafficCounters;
import org.fairlead.engine.ExchangeObserver;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.DecisionTrace;
import org.fairlead.exchange.Suspension;
import org.fairlead.http.Headers;
import org.fairlead.http.LogText;
import org.fairlead.http.RequestHead;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.Settings;
import org.fairlead.operations.ActiveRequests.ActiveRequest;
import org.fairlead.operations.HostCounters;
import org.fairlead.operations.RequestPhase;
import org.fairlead.operations.RequestSnapshot;
import org.fairlead.operations.RouteCounters;
import org.fairlead.route.Host;
import org.fairlead.route.Match;
import org.fairlead.runtime.FlightRecording;
import org.fairlead.runtime.Generation;

/**
 * Lifecycle of one request in the servlet, from suspension to suspension, with the steps due at its end in any case: it
 * is counted for its route, host and listener, and logged. Used by one thread at a time.
 */
final class Serving implements ExchangeObserver, ActiveRequest {
    private static final System.Logger LOG = System.getLogger(Serving.class.getName());

    private static final int MAX_METHOD_CHARS = 32;
    private static final int MAX_PATH_CHARS = 200;

    private final ServletExchange exchange;
    private final HttpServletResponse response;
    private final ContainerTraits container;
    private final Generation generation;
    /** The access log's observer, with the recorder of requests before it where that is on. */
    private final ExchangeObserver events;

    private final long start = System.nanoTime();
    /** Its counters; those of no route until the engine has found host and route. */
    private RouteCounters route = RouteCounters.NOWHERE;

    private FailureKind failure = FailureKind.NONE;
    private FlightRecording.Attempt recorded = FlightRecording.OFF;
    private final int slot;
    // Read by other threads without a lock: a snapshot may be a moment old.
    private String host = "";
    private String balancer = "";
    private String member = "";
    private int attempts;
    private RequestPhase phase = RequestPhase.HEAD;

    /** @param generation is pinned, and released at the end */
    Serving(
            ServletExchange exchange,
            HttpServletResponse response,
            ExchangeSurroundings around,
            Generation generation,
            Optional<AccessLogEntry> telling) {
        this.exchange = exchange;
        this.response = response;
        this.container = around.container();
        this.generation = generation;
        this.events = generation.recorded(
                exchange,
                ObserverPair.of(
                        telling.isPresent() ? telling.get().observer() : ExchangeObserver.NONE,
                        around.observers().get()));
        this.slot = generation.active().enter(this);
    }

    @Override
    public long startNanos() {
        return start;
    }

    @Override
    public Optional<RequestSnapshot> snapshot() {
        RequestHead head = exchange.request();
        return Optional.of(new RequestSnapshot(
                exchange.id(),
                Duration.ofNanos(System.nanoTime() - start),
                LogText.clean(head.method(), MAX_METHOD_CHARS),
                LogText.clean(head.target().normalPath(), MAX_PATH_CHARS),
                exchange.connection().clientAddress(),
                host,
                balancer,
                member,
                attempts,
                phase));
    }

    /** Work on the request; returns whether the request is over, or else suspended. */
    interface Part {
        boolean run() throws ServletException, IOException;
    }

    /**
     * Works on the request, and ends it unless it is suspended.
     *
     * @return whether it is over
     * @throws IOException to make the container cut its response
     */
    boolean run(Part part) throws ServletException, IOException {
        boolean over = true;
        try {
            over = part.run();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, exchange.id() + " the client is gone", e);
            clientGone();
            throw container.cut(e);
        } finally {
            if (over) {
                end();
            }
        }
        if (over && exchange.isAborted()) {
            // Otherwise a container that still holds what has come makes a whole response of it.
            response.flushBuffer();
            // All containers end the connection, not the message, when the servlet throws after a committed response.
            throw container.cut(new IOException("a member's answer broke off"));
        }
        return over;
    }

    private void clientGone() {
        failure = FailureKind.CLIENT_GONE;
        exchange.logEntry().ifPresent(AccessLogEntry::clientGone);
    }

    @Override
    public DecisionTrace trace() {
        return events.trace();
    }

    @Override
    public void selecting(SelectionPreview seen) {
        events.selecting(seen);
    }

    @Override
    public void sent(long nanos) {
        events.sent(nanos);
    }

    @Override
    public void attemptFailed(String error, String next) {
        events.attemptFailed(error, next);
    }

    @Override
    public void served(Host by, Settings settings) {
        if (route == RouteCounters.NOWHERE) {
            HostCounters counters = generation.counters(by);
            counters.came();
            route = counters.unrouted();
        }
        host = by.name();
        events.served(by, settings);
    }

    @Override
    public void forwarded(Balancer to, Match.Forward forward) {
        route = route.host().route(forward.route());
        balancer = to.config().name();
        phase = RequestPhase.QUEUE;
        events.forwarded(to, forward);
    }

    @Override
    public void refused(String by, int status) {
        failure = FailureKind.DENIED;
        route.host().refused(by);
        events.refused(by, status);
    }

    @Override
    public void requestFields(List<HeaderRule> rules, Headers fields) {
        events.requestFields(rules, fields);
    }

    @Override
    public void attempted(Member by, long queuedNanos) {
        failure = FailureKind.NONE;
        member = by.id();
        attempts++;
        phase = RequestPhase.WAIT;
        FlightRecording.queued(exchange.id(), balancer, member, queuedNanos);
        recorded = FlightRecording.attempt(exchange.id(), balancer, member);
        events.attempted(by, queuedNanos);
    }

    @Override
    public void answered(int status, long connectedNanos, long headNanos) {
        exchange.memberWait().end();
        phase = RequestPhase.BODY;
        record(status, "");
        events.answered(status, connectedNanos, headNanos);
    }

    @Override
    public void failed(FailureKind kind, boolean retried) {
        exchange.memberWait().end();
        failure = kind;
        record(0, kind.label());
        events.failed(kind, retried);
    }

    @Override
    public void ended(int status, long bytes, long nanos) {
        ClientConnection client = exchange.connection();
        generation.listener(client.localPort()).ended(status, bytes, nanos);
        TrafficCounters traffic = route.of(client.secure());
        traffic.ended(exchange.request().method(), status, failure, nanos);
        traffic.sent(bytes);
        route.host().left();
        events.ended(status, bytes, nanos);
    }

    private void record(int status, String why) {
        recorded.end(status, why);
        recorded = FlightRecording.OFF;
    }

    private void end() {
        generation.active().leave(slot);
        exchange.memberWait().end();
        boolean answered = failure != FailureKind.CLIENT_GONE || response.isCommitted();
        ended(answered ? response.getStatus() : 0, exchange.bodySent(), System.nanoTime() - start);
        generation.release();
        exchange.publishVariables();
        exchange.settle();
        exchange.logEntry().ifPresent(AccessLogEntry::end);
    }

    /** The engine's suspension, followed by the end of the request. */
    Suspension around(Suspension inner) {
        return new Suspension() {
            @Override
            public boolean resume() throws IOException {
                try {
                    return run(inner::resume);
                } catch (ServletException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public void cancel() {
                inner.cancel();
                clientGone();
                end();
            }
        };
    }
}
