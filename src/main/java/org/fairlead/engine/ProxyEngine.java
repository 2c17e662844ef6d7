package org.fairlead.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.fairlead.access.AccessControl;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.ConnectorResponses;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.exchange.Suspension;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;
import org.fairlead.http.ResponseHead;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.ServerConfig;
import org.fairlead.model.Settings.Handler;
import org.fairlead.route.HeaderRules;
import org.fairlead.route.Host;
import org.fairlead.route.HostTable;

/**
 * The engine that handles one request: {@linkplain RequestPhases decides} on it first, then carries the decision out.
 * Immutable and thread-safe; the balancers hold all mutable state.
 */
public final class ProxyEngine {
    private final HostTable hosts;
    private final Map<String, Balancer> balancers;
    private final Upstream upstream;
    private final RequestPhases phases;
    private final Map<Handler, LocalHandler> handlers;

    /** @param balancers by name, one for each that a route leads to */
    public ProxyEngine(
            ServerConfig server,
            HostTable hosts,
            Map<String, Balancer> balancers,
            Upstream upstream,
            AccessControl access) {
        this(server, hosts, balancers, upstream, access, Map.of());
    }

    /** @param handlers the handlers by their {@code SetHandler} word; an unknown word gets 404 */
    public ProxyEngine(
            ServerConfig server,
            HostTable hosts,
            Map<String, Balancer> balancers,
            Upstream upstream,
            AccessControl access,
            Map<Handler, LocalHandler> handlers) {
        this.hosts = hosts;
        this.balancers = Map.copyOf(balancers);
        this.upstream = upstream;
        this.handlers = Map.copyOf(handlers);
        this.phases = new RequestPhases(server, hosts, this.balancers, access);
    }

    /** The outcome of a request. */
    public enum Outcome {
        /** A response was sent, or its connection is to be closed ({@link Exchange#abort}). */
        ANSWERED,
        /** No rule proxies it: the container may respond with its own content. */
        DECLINED,
        /** Its member is awaited without a thread: see {@link Exchange#pause}. */
        PAUSED
    }

    /**
     * Handles a request or declines it. Blocks until the response is sent, unless the exchange can be suspended.
     *
     * @throws IOException if the client is gone
     */
    public Outcome handle(Exchange exchange) throws IOException {
        return handle(exchange, ExchangeObserver.NONE);
    }

    /**
     * As {@link #handle(Exchange)}, with an observer of the exchange.
     *
     * @throws IOException if the client is gone
     */
    public Outcome handle(Exchange exchange, ExchangeObserver observer) throws IOException {
        Host host = host(exchange.connection(), exchange.request().authority());
        RequestContext request = RequestContext.of(exchange, host, observer).withErrorPages(this::errorPage);
        observer.served(host, request.settings());
        RequestDecision decision = phases.decide(request);
        request.forward().ifPresent(forward -> observer.forwarded(balancers.get(forward.balancer()), forward));
        observer.served(host, request.settings());
        try {
            return act(decision, request);
        } catch (RefusedException e) {
            return refuse(request, e);
        }
    }

    /**
     * Explains how a request would be handled now. Books no share, sends nothing, counts nothing; may block as
     * {@link #handle} does while access rules look a name up.
     *
     * @param showsSecrets whether credentials and cookies stand in it as the client sent them
     */
    public Explanation explain(DryRunRequest request, boolean showsSecrets) {
        TraceLines trace = new TraceLines();
        DryRunExchange exchange = new DryRunExchange(request, trace);
        Host host = host(exchange.connection(), exchange.request().authority());
        RequestContext context = RequestContext.of(exchange, host, ExchangeObserver.NONE);
        Explanation seen = new Explainer(phases).explain(context, trace);
        return showsSecrets
                ? seen
                : Masking.of(request.head().headers(), routes()).apply(seen);
    }

    private Set<String> routes() {
        return balancers.values().stream()
                .flatMap(balancer -> balancer.members().stream())
                .map(member -> member.orders().route())
                .collect(Collectors.toSet());
    }

    private Outcome act(RequestDecision decision, RequestContext request) throws IOException, RefusedException {
        if (decision instanceof RequestDecision.Forward forward) {
            return new Sending(request, forwarding(request, forward)).run();
        } else if (decision instanceof RequestDecision.Respond respond) {
            respond(request, respond.response());
        } else if (decision instanceof RequestDecision.Handle handle) {
            switch (handle.handler()) {
                case HEARTBEAT -> HeartbeatReceiver.answer(request.exchange(), balancers.values());
                case LOCAL -> handle(request);
                case MAX_FORWARDS -> MaxForwardsResponder.answer(request.exchange());
            }
        } else {
            return Outcome.DECLINED;
        }
        return Outcome.ANSWERED;
    }

    private void handle(RequestContext request) throws IOException, RefusedException {
        LocalHandler handler = handlers.get(request.settings().handler().orElseThrow());
        if (handler == null) {
            throw new RefusedException(404, "no such handler here");
        }
        HandlerResponse response = handler.handle(new HandlerRequest(
                request.exchange(), request.host(), request.target(), request.settings(), request.isProxied()));
        ResponseHead head = new ResponseHead(response.status(), response.headers());
        HeaderRules.ownResponse(request.settings().responseHeaders(), head, request.subject());
        try (OutputStream out = request.exchange().reply(head, response.body().length())) {
            if (ResponseHead.allowsBody(request.exchange().request().method(), response.status())) {
                response.body().writeTo(out);
            }
        }
    }

    private static void respond(RequestContext request, LocalResponse response) throws IOException {
        if (!request.refusedBy().isEmpty()) {
            request.observer().refused(request.refusedBy(), response.status());
        }
        ErrorReply.of(response).send(request);
    }

    private static Outcome refuse(RequestContext request, RefusedException e) throws IOException {
        respond(request, RequestPhases.refusal(request, "request", e));
        return Outcome.ANSWERED;
    }

    /** A request in forwarding, from suspension to suspension. */
    private record Sending(RequestContext request, Forwarding forwarding) implements Suspension {
        Outcome run() throws IOException {
            try {
                return forwarding.run(this) ? Outcome.ANSWERED : Outcome.PAUSED;
            } catch (RefusedException e) {
                return refuse(request, e);
            }
        }

        @Override
        public boolean resume() throws IOException {
            return run() == Outcome.ANSWERED;
        }

        @Override
        public void cancel() {
            forwarding.cancel();
        }
    }

    /**
     * Sends the response to a declined request that nothing else can serve: 404, with the error page and the fields
     * that are configured for it.
     *
     * @throws IOException if the client is gone
     */
    public void answerNotFound(Exchange exchange) throws IOException {
        Host host = host(exchange.connection(), exchange.request().authority());
        ErrorReply.of(404)
                .send(RequestContext.of(exchange, host, ExchangeObserver.NONE).withErrorPages(this::errorPage));
    }

    /**
     * The response to a request whose head could not be read.
     *
     * @throws IOException if a file that is its page cannot be read
     */
    public ConnectorResponses.Refusal refusal(int status, ClientConnection client, String authority)
            throws IOException {
        RefusedExchange exchange = new RefusedExchange(client, authority);
        ErrorReply.of(status).send(RequestContext.of(exchange, host(client, authority), ExchangeObserver.NONE));
        return exchange.refusal();
    }

    /** {@code ErrorDocument /path}: decides on the path as on a request of its own, and forwards that. */
    private boolean errorPage(RequestContext failed, int status, Headers kept, String path) throws IOException {
        try {
            ErrorPageExchange exchange =
                    new ErrorPageExchange(failed.exchange(), RequestTarget.parse(path), status, kept);
            RequestContext request = RequestContext.of(exchange, failed.host(), ExchangeObserver.NONE);
            if (!(phases.decideInternally(request) instanceof RequestDecision.Forward forward)) {
                return false;
            }
            // The exchange cannot be suspended, so this is over when it returns.
            new Sending(request, forwarding(request, forward)).run();
            return !exchange.isDropped();
        } catch (RefusedException e) {
            return false;
        }
    }

    /** The host that serves a connection's request. @param authority the requested one; may be empty */
    public Host host(ClientConnection client, String authority) {
        return hosts.find(client.localAddress(), client.localPort(), authority);
    }

    private Forwarding forwarding(RequestContext request, RequestDecision.Forward forward) {
        RequestWriter requests = new RequestWriter(request, forward.target());
        ResponseHeaders responses = new ResponseHeaders(request, forward.balancer(), this::members);
        ResponseRelay relay = new ResponseRelay(request, responses, forward.filters());
        return new Forwarding(request, forward.balancer(), upstream, requests, relay);
    }

    private List<MemberConfig> members(String name) {
        Balancer balancer = balancers.get(name);
        return balancer == null
                ? List.of()
                : balancer.members().stream().map(Member::config).toList();
    }
}
