package org.fairlead.engine;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.fairlead.exchange.Environment;
import org.fairlead.http.Headers;
import org.fairlead.http.TraceParent;
import org.fairlead.http.TraceState;
import org.fairlead.model.TraceContextConfig;
import org.fairlead.model.TraceContextConfig.Mode;

/**
 * {@code TraceContext}: settles the trace that a request belongs to (W3C Trace Context Level 2). Where it is not
 * configured, or {@code pass}, the fields stay as they came.
 */
final class TraceContextPhase {
    private static final String TRACE_ID = "TRACE_ID";
    private static final String SPAN_ID = "SPAN_ID";

    private TraceContextPhase() {}

    static void settle(RequestContext request) {
        Optional<TraceContextConfig> config = request.settings().traceContext();
        if (config.isEmpty() || config.get().mode() == Mode.PASS) {
            return;
        }
        Headers headers = request.headers();
        Optional<TraceParent> given =
                config.get().mode() == Mode.JOIN ? TraceParent.of(headers.all(TraceParent.FIELD)) : Optional.empty();
        Optional<String> state = given.flatMap(parent -> TraceState.of(headers.all(TraceState.FIELD)));
        TraceParent own = given.map(TraceParent::next)
                .orElseGet(() -> TraceParent.begin(
                        ThreadLocalRandom.current().nextDouble() < config.get().sample()));
        headers.set(TraceParent.FIELD, own.text());
        headers.remove(TraceState.FIELD);
        state.ifPresent(text -> headers.add(TraceState.FIELD, text));
        request.joinsTrace();
        publish(own, request.exchange().environment());
        if (request.trace().isOn()) {
            request.trace()
                    .say(
                            request.host().config().source(),
                            "TraceContext: "
                                    + (given.isPresent() ? "goes on with the client's trace" : "begins a trace"));
        }
    }

    /** Gives an attempt a parent id of its own. */
    static void attempt(Headers headers, Environment environment) {
        TraceParent.of(headers.all(TraceParent.FIELD)).map(TraceParent::next).ifPresent(own -> {
            headers.set(TraceParent.FIELD, own.text());
            publish(own, environment);
        });
    }

    private static void publish(TraceParent own, Environment environment) {
        environment.set(TRACE_ID, own.traceId());
        environment.set(SPAN_ID, own.parentId());
    }
}
