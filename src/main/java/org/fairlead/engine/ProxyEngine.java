package org.fairlead.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.Forwarded;
import org.fairlead.exchange.Headers;
import org.fairlead.exchange.MaxForwards;
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
    private final Map<String, Balancer> balancers;
    private final Upstream upstream;

    /** @param balancers by name, one for each that a route leads to */
    public ProxyEngine(ServerConfig server, HostTable hosts, Map<String, Balancer> balancers, Upstream upstream) {
        this.server = server;
        this.hosts = hosts;
        this.balancers = Map.copyOf(balancers);
        this.upstream = upstream;
    }

    /** What became of a request. */
    public enum Outcome {
        /** It was answered, or its connection is to be ended ({@link Exchange#abort}). */
        ANSWERED,
        /** No rule proxies it: the container may answer from its own content. */
        DECLINED
    }

    /**
     * Answers a request or declines it. Blocks until the answer is sent.
     *
     * @throws IOException if the client is gone
     */
    public Outcome handle(Exchange exchange) throws IOException {
        RequestHead request = exchange.request();
        ClientConnection client = exchange.connection();
        Host host = hosts.find(client.localAddress(), client.localPort(), request.authority());
        Call call = Call.of(exchange, host);
        try {
            RequestLimits.check(request, exchange.body(), server, call.settings());
            Forwarded.dropClaims(request.headers());
            HeaderRules.earlyRequest(call.settings().requestHeaders(), request.headers(), exchange, call.start());
            if (call.settings().handler().isPresent()) {
                HeartbeatReceiver.answer(exchange, balancers.values());
                return Outcome.ANSWERED;
            }
            Match match = host.match(call.target());
            if (!(match instanceof Match.Forward forward)) {
                return Outcome.DECLINED;
            }
            if (mayTravelOn(request, host, client)) {
                forward(call, forward);
            } else {
                LastRecipient.answer(exchange);
            }
        } catch (RefusedException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} refused with {1}: {2}", exchange.id(), e.status(), e.getMessage());
            ErrorReply.of(e.status()).send(call);
        }
        return Outcome.ANSWERED;
    }

    /** False if {@code Max-Forwards} says that this TRACE or OPTIONS ends here. */
    private static boolean mayTravelOn(RequestHead request, Host host, ClientConnection client)
            throws RefusedException {
        Headers headers = request.headers();
        Via.refuseLoop(headers, Pseudonym.of(host, client).name());
        return MaxForwards.decrement(headers, request.method(), host.config().maxForwards());
    }

    private void forward(Call call, Match.Forward forward) throws IOException, RefusedException {
        Balancer balancer = balancers.get(forward.balancer());
        RequestWriter requests = new RequestWriter(call, forward.target());
        Relay relay = new Relay(call, new AnswerWriter(call, balancer, this::members));
        new Forwarding(call.exchange(), balancer, upstream, requests, relay).run();
    }

    private List<MemberConfig> members(String name) {
        Balancer balancer = balancers.get(name);
        return balancer == null
                ? List.of()
                : balancer.members().stream().map(Member::config).toList();
    }
}
