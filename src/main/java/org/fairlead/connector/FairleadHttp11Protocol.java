package org.fairlead.connector;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.http.parser.HttpParser;
import org.fairlead.concurrent.OutOfMemory;
import org.fairlead.exchange.ConnectorResponses;
import org.fairlead.model.ReadTimeout;

/** Tomcat's HTTP/1.1 with what its attributes cannot express: trailers by rule, and a time limit of the whole head. */
final class FairleadHttp11Protocol extends Http11NioProtocol {
    private static final long TICKS = 20;
    private static final long SHORTEST_TICK_MILLIS = 50;
    private static final long MAX_TICK_MILLIS = 1000;

    private final HttpParser targets = new TargetCharacters();
    private final Set<String> trailers = new TrailerNames();
    private final FairleadNioEndpoint front;
    private final ReadTimeout headTimeout;
    private final PartialHeads partialHeads;
    private Supplier<Optional<ConnectorResponses>> refusals = Optional::empty;

    FairleadHttp11Protocol(FairleadNioEndpoint endpoint, ReadTimeout headTimeout, PartialHeads partialHeads) {
        super(endpoint);
        this.front = endpoint;
        this.headTimeout = headTimeout;
        this.partialHeads = partialHeads;
    }

    /** Sets where the configured responses to refused requests are found. */
    void refusals(Supplier<Optional<ConnectorResponses>> where) {
        refusals = where;
    }

    Optional<ConnectorResponses> refusals() {
        return refusals.get();
    }

    @Override
    public HttpParser getHttpParser() {
        return targets;
    }

    @Override
    protected Set<String> getAllowedTrailerHeadersInternal() {
        return trailers;
    }

    /** Used by HTTP/2. */
    @Override
    public boolean isTrailerHeaderAllowed(String name) {
        return trailers.contains(name);
    }

    @Override
    protected Processor createProcessor() {
        RequestSuspension pause = new RequestSuspension(front.threads());
        SuspendAdapter adapter = new SuspendAdapter(getAdapter(), pause);
        return new FairleadHttp11Processor(this, adapter, pause, front, headTimeout.isLimited());
    }

    /** Suspended requests wait for a member, which has a time limit of its own. */
    @Override
    public void addWaitingProcessor(Processor processor) {
        if (!(processor instanceof FairleadHttp11Processor own) || !own.isPaused()) {
            super.addWaitingProcessor(processor);
        }
    }

    @Override
    public void start() throws Exception {
        super.start();
        ScheduledExecutorService timer = getUtilityExecutor();
        if (headTimeout.isLimited() && timer != null) {
            long tick = Math.max(
                    SHORTEST_TICK_MILLIS,
                    Math.min(MAX_TICK_MILLIS, headTimeout.start().toMillis() / TICKS));
            timer.scheduleWithFixedDelay(this::cutSlowHeads, tick, tick, TimeUnit.MILLISECONDS);
        }
    }

    private void cutSlowHeads() {
        try {
            front.current().cutSlowHeads(headTimeout, System.nanoTime());
        } catch (OutOfMemoryError e) {
            // A timer swallows the throwable that ends its task.
            OutOfMemory.endIfOutOfMemory(e);
            throw e;
        }
    }

    PartialHeads partialHeads() {
        return partialHeads;
    }

    FairleadNioEndpoint endpoint() {
        return front;
    }
}
