package org.fairlead.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.balancer.SelectionPreview;
import org.fairlead.counters.FailureKind;
import org.fairlead.engine.ExchangeObserver;
import org.fairlead.engine.Explanation;
import org.fairlead.engine.Masking;
import org.fairlead.engine.TraceLines;
import org.fairlead.exchange.DecisionTrace;
import org.fairlead.exchange.Exchange;
import org.fairlead.http.Headers;
import org.fairlead.http.RequestHead;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.Settings;
import org.fairlead.route.Host;
import org.fairlead.route.Match;

/**
 * The recording of one request while it runs: decides at its end whether it is kept. Passes every event on to the
 * observer that is there without it. Used by the exchange's thread.
 */
final class RequestRecording implements ExchangeObserver {
    /** The most attempts that are kept of a request. */
    static final int MAX_ATTEMPTS = 16;
    /** The most candidates that are kept of an attempt. */
    static final int MAX_CANDIDATES = 64;

    private final RequestRecorder recorder;
    private final Exchange exchange;
    private final ExchangeObserver next;
    private final boolean wanted;
    private final Instant at = Instant.now();
    private final long start = System.nanoTime();
    private final Headers fields;
    private final TraceLines trace = new TraceLines();
    private final List<AttemptRecord> attempts = new ArrayList<>(2);
    private int attempted;
    private Optional<Balancer> balancer = Optional.empty();
    private Optional<String> refusedBy = Optional.empty();
    private Optional<FailureKind> failure = Optional.empty();
    private long headAt = -1;

    /** @param wanted whether an operator asks for it */
    RequestRecording(RequestRecorder recorder, Exchange exchange, ExchangeObserver next, boolean wanted) {
        this.recorder = recorder;
        this.exchange = exchange;
        this.next = next;
        this.wanted = wanted;
        this.fields = Masking.credentials(exchange.request().headers());
    }

    @Override
    public DecisionTrace trace() {
        return trace;
    }

    @Override
    public void served(Host host, Settings settings) {
        next.served(host, settings);
    }

    @Override
    public void forwarded(Balancer to, Match.Forward forward) {
        balancer = Optional.of(to);
        next.forwarded(to, forward);
    }

    @Override
    public void refused(String by, int status) {
        refusedBy = Optional.of(by);
        next.refused(by, status);
    }

    @Override
    public void requestFields(List<HeaderRule> rules, Headers sent) {
        next.requestFields(rules, sent);
    }

    @Override
    public void selecting(SelectionPreview seen) {
        attempted++;
        if (attempts.size() < MAX_ATTEMPTS) {
            attempts.add(new AttemptRecord(seen));
        }
        next.selecting(seen);
    }

    private AttemptRecord last() {
        return attempts.get(attempts.size() - 1);
    }

    @Override
    public void attempted(Member member, long queuedNanos) {
        failure = Optional.empty();
        last().attempted(member, queuedNanos);
        next.attempted(member, queuedNanos);
    }

    @Override
    public void sent(long nanos) {
        last().sent = nanos;
        next.sent(nanos);
    }

    @Override
    public void answered(int status, long connectedNanos, long headNanos) {
        AttemptRecord attempt = last();
        attempt.status = status;
        attempt.connected = connectedNanos;
        attempt.firstByte = headNanos;
        headAt = System.nanoTime();
        next.answered(status, connectedNanos, headNanos);
    }

    @Override
    public void attemptFailed(String error, String what) {
        last().failed(error, what);
        next.attemptFailed(error, what);
    }

    @Override
    public void failed(FailureKind kind, boolean retried) {
        failure = Optional.of(kind);
        if (!attempts.isEmpty()) {
            last().failure = Optional.of(kind.label());
        }
        next.failed(kind, retried);
    }

    @Override
    public void ended(int status, long bytes, long nanos) {
        next.ended(status, bytes, nanos);
        RequestRecorder.Seen seen = new RequestRecorder.Seen(
                balancer.map(to -> to.config().name()),
                attempted,
                refusedBy.isPresent(),
                failure.filter(kind -> kind != FailureKind.CLIENT_GONE).isPresent(),
                wanted,
                nanos);
        List<String> kept = recorder.reasons(seen);
        if (!kept.isEmpty()) {
            recorder.keep(record(kept, status, bytes));
        }
    }

    private RecordedRequest record(List<String> kept, int status, long bytes) {
        RequestHead head = exchange.request();
        String target = head.target().raw();
        String query = head.target().query().orElse("");
        Masking masking = Masking.withQuery(fields, query, routes());
        String shown =
                query.isEmpty() ? target : target.substring(0, target.indexOf('?') + 1) + Masking.maskedQuery(query);
        String url = exchange.connection().scheme() + "://" + head.authority() + exchange.mountPath() + shown;
        return new RecordedRequest(
                new RecordedRequest.Asked(
                        exchange.id(),
                        at,
                        head.method(),
                        url,
                        head.protocol(),
                        exchange.connection().clientAddress()),
                kept,
                balancer.map(to -> to.config().name()),
                trace.lines().stream()
                        .map(line -> new Explanation.Line(line.phase(), line.source(), said(line, query, masking)))
                        .toList(),
                attempts.stream().map(attempt -> attempt.recorded(masking)).toList(),
                new RecordedRequest.Answered(
                        status,
                        bytes,
                        refusedBy,
                        failure.map(FailureKind::label),
                        headAt < 0 ? -1 : micros(headAt - start),
                        micros(System.nanoTime() - start)));
    }

    private static String said(Explanation.Line line, String query, Masking masking) {
        String text =
                query.isEmpty() ? line.said() : line.said().replace("?" + query, "?" + Masking.maskedQuery(query));
        return masking.masked(text);
    }

    private Set<String> routes() {
        return balancer.map(to -> to.members().stream())
                .orElse(Stream.empty())
                .map(member -> member.orders().route())
                .collect(Collectors.toSet());
    }

    static long micros(long nanos) {
        return nanos < 0 ? -1 : TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
