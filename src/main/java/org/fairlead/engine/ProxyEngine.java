package org.fairlead.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.fairlead.access.AccessControl;
import org.fairlead.access.TrustedProxies;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.Forwarded;
import org.fairlead.exchange.Headers;
import org.fairlead.exchange.MaxForwards;
import org.fairlead.exchange.OwnAnswer;
import org.fairlead.exchange.Pause;
import org.fairlead.exchange.RefusedException;
import org.fairlead.exchange.RequestHead;
import org.fairlead.exchange.Via;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.ServerConfig;
import org.fairlead.route.HeaderRules;
import org.fairlead.route.Host;
import org.fairlead.route.HostTable;
import org.fairlead.route.Match;

/**
 * Takes one request through its life: host, route, member, answer. Immutable and thread-safe; what is live in it
 * belongs to the balancers.
 */
public final class ProxyEngine {
    private static final System.Logger LOG = System.getLogger(ProxyEngine.class.getName());

    private final ServerConfig server;
    private final HostTable hosts;
    private final Map<Host, TrustedProxies> trusted;
    private final Map<Host, TlsGate> gates;
    private final Map<String, Balancer> balancers;
    private final Upstream upstream;
    private final Admission admission;
    private final Rewriting rewriting;

    /** @param balancers by name, one for each that a route leads to */
    public ProxyEngine(
            ServerConfig server,
            HostTable hosts,
            Map<String, Balancer> balancers,
            Upstream upstream,
            AccessControl access) {
        this.server = server;
        this.hosts = hosts;
        this.trusted = hosts.hosts().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        host -> TrustedProxies.of(host.config().remoteIp())));
        this.gates = hosts.hosts().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), host -> new TlsGate(host.config().tls())));
        this.balancers = Map.copyOf(balancers);
        this.upstream = upstream;
        this.admission = new Admission(access);
        this.rewriting = new Rewriting(hosts, server.limitRequestLine());
    }

    /** What became of a request. */
    public enum Outcome {
        /** It was answered, or its connection is to be ended ({@link Exchange#abort}). */
        ANSWERED,
        /** No rule proxies it: the container may answer from its own content. */
        DECLINED,
        /** Its member is awaited without a thread: see {@link Exchange#pause}. */
        PAUSED
    }

    /**
     * Answers a request or declines it. Blocks until the answer is sent, unless the exchange can be paused.
     *
     * @throws IOException if the client is gone
     */
    public Outcome handle(Exchange exchange) throws IOException {
        return handle(exchange, ExchangeObserver.NONE);
    }

    /**
     * As {@link #handle(Exchange)}, with one who hears what becomes of it.
     *
     * @throws IOException if the client is gone
     */
    public Outcome handle(Exchange exchange, ExchangeObserver observer) throws IOException {
        RequestHead request = exchange.request();
        ClientConnection client = exchange.connection();
        Host host = host(client, request.authority());
        Call call = Call.of(exchange, host, observer);
        try {
            gates.get(host)
                    .check(exchange, name -> host == hosts.find(client.localAddress(), client.localPort(), name));
            RequestLimits.check(request, server);
            settleClient(call);
            HeaderRules.earlyRequest(call.settings().requestHeaders(), request.headers(), call.subject());
            PathRules.beforeRoutes(call);
            Rewriting.Led led = rewriting.lead(call);
            call = PathRules.decided(led.call());
            Match match = led.forward().isPresent() ? led.forward().get() : PathRules.match(call);
            Optional<OwnAnswer> answer = led.answer().isPresent() ? led.answer() : PathRules.ofHost(call, match);
            if (match instanceof Match.Forward forward) {
                observer.forwarded(balancers.get(forward.balancer()), forward.target());
            }
            if (answer.isEmpty()) {
                call = PathRules.decided(call.towards(match));
                PathRules.sectionVariables(call);
                answer = admission.refusal(call, match);
            }
            if (answer.isEmpty()) {
                answer = PathRules.ofSections(call);
            }
            call = led.marked(call);
            observer.served(host, call.settings());
            if (answer.isPresent()) {
                ErrorReply.of(answer.get()).send(call);
                return Outcome.ANSWERED;
            }
            RequestLimits.check(exchange.body(), call.settings());
            if (call.settings().handler().isPresent()) {
                HeartbeatReceiver.answer(exchange, balancers.values());
            } else if (!(match instanceof Match.Forward forward)) {
                return declined(call);
            } else if (mayTravelOn(request, host, client)) {
                return new Sending(call, forwarding(call, forward)).run();
            } else {
                LastRecipient.answer(exchange);
            }
        } catch (RefusedException e) {
            refuse(call, e);
        }
        return Outcome.ANSWERED;
    }

    private static void refuse(Call call, RefusedException e) throws IOException {
        String id = call.exchange().id();
        LOG.log(System.Logger.Level.DEBUG, "{0} refused with {1}: {2}", id, e.status(), e.getMessage());
        ErrorReply.of(e.status()).send(call);
    }

    /** A request on its way to members, from pause to pause. */
    private record Sending(Call call, Forwarding forwarding) implements Pause {
        Outcome run() throws IOException {
            try {
                return forwarding.run(this) ? Outcome.ANSWERED : Outcome.PAUSED;
            } catch (RefusedException e) {
                refuse(call, e);
                return Outcome.ANSWERED;
            }
        }

        @Override
        public boolean goOn() throws IOException {
            return run() == Outcome.ANSWERED;
        }

        @Override
        public void abandon() {
            forwarding.abandon();
        }
    }

    /**
     * Answers what was declined where nothing else can serve it: 404, with the error page and the fields that the
     * configuration has for that.
     *
     * @throws IOException if the client is gone
     */
    public void answerNotFound(Exchange exchange) throws IOException {
        Host host = host(exchange.connection(), exchange.request().authority());
        ErrorReply.of(404).send(Call.of(exchange, host, ExchangeObserver.NONE));
    }

    /** The host that serves a connection's request. @param authority what it asks for; may be empty */
    public Host host(ClientConnection client, String authority) {
        return hosts.find(client.localAddress(), client.localPort(), authority);
    }

    /** The container would look for the client's path, which is not what rules have led to. */
    private static Outcome declined(Call call) throws IOException {
        if (call.target() == call.exchange().request().target()) {
            return Outcome.DECLINED;
        }
        ErrorReply.of(404).send(call);
        return Outcome.ANSWERED;
    }

    /** Believes what trusted proxies say of the client, and nothing else. */
    private void settleClient(Call call) {
        Exchange exchange = call.exchange();
        Headers headers = exchange.request().headers();
        TrustedProxies proxies = trusted.get(call.host());
        String peer = exchange.connection().peerAddress();
        String client = proxies.settle(peer, headers);
        if (!client.equals(peer)) {
            exchange.onBehalfOf(client);
        }
        if (call.settings().addsHeaders()) {
            Forwarded.continueChain(
                    headers, exchange.connection(), exchange.request().authority());
        }
    }

    /** False if {@code Max-Forwards} says that this TRACE or OPTIONS ends here. */
    private static boolean mayTravelOn(RequestHead request, Host host, ClientConnection client)
            throws RefusedException {
        Headers headers = request.headers();
        if (headers.contains("Via")) {
            Via.refuseLoop(headers, host.pseudonym(client).name());
        }
        return MaxForwards.decrement(headers, request.method(), host.config().maxForwards());
    }

    private Forwarding forwarding(Call call, Match.Forward forward) {
        Balancer balancer = balancers.get(forward.balancer());
        RequestWriter requests = new RequestWriter(call, forward.target());
        Relay relay = new Relay(call, new AnswerWriter(call, balancer, this::members));
        return new Forwarding(call, balancer, upstream, requests, relay);
    }

    private List<MemberConfig> members(String name) {
        Balancer balancer = balancers.get(name);
        return balancer == null
                ? List.of()
                : balancer.members().stream().map(Member::config).toList();
    }
}
