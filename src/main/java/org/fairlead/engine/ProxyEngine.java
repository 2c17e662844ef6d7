package org.fairlead.engine;

import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.fairlead.balancer.Balancer;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.RefusedException;
import org.fairlead.exchange.RequestHead;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.ServerConfig;
import org.fairlead.model.Settings;
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
        HeaderRules.Moment moment = HeaderRules.Moment.now();
        Host host = hosts.find(
                exchange.connection().localAddress(),
                exchange.connection().localPort(),
                request.authority());
        Settings settings = host.settings(request.target());
        try {
            RequestLimits.check(request, exchange.body(), server, settings);
            Match match = host.match(request.target());
            if (!(match instanceof Match.Forward forward)) {
                return Outcome.DECLINED;
            }
            Forwarding forwarding = new Forwarding(
                    exchange, host, settings, forward, balancers.get(forward.balancer()), upstream, moment);
            forwarding.run(this::membersOf);
        } catch (RefusedException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} refused with {1}: {2}", exchange.id(), e.status(), e.getMessage());
            ErrorReply.of(e.status()).send(exchange, settings, moment);
        }
        return Outcome.ANSWERED;
    }
}
