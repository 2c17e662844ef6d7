package org.fairlead.bench.proxy;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty's reverse proxy handler, with a round robin over the members. */
final class JettyPeer {
    private JettyPeer() {}

    public static void main(String[] arguments) throws Exception {
        Doors doors = Doors.of(arguments);
        Server server = new Server();
        ServerConnector plain = new ServerConnector(server);
        plain.setHost("127.0.0.1");
        plain.setPort(doors.port());
        plain.setAcceptQueueSize(8192);
        plain.setIdleTimeout(300_000);
        server.addConnector(plain);
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setSslContext(doors.tls());
        ServerConnector tls = new ServerConnector(server, factory);
        tls.setHost("127.0.0.1");
        tls.setPort(doors.tlsPort());
        tls.setAcceptQueueSize(8192);
        tls.setIdleTimeout(300_000);
        server.addConnector(tls);
        server.setHandler(new RoundRobin(doors));
        server.start();
    }

    /** One turn for each path. */
    private static final class RoundRobin extends ProxyHandler.Reverse {
        RoundRobin(Doors doors) {
            super(request -> rewrite(doors, request));
        }

        private static final java.util.Map<String, AtomicInteger> TURNS =
                new java.util.concurrent.ConcurrentHashMap<>();

        private static HttpURI rewrite(Doors doors, Request request) {
            String path = request.getHttpURI().getPath();
            for (java.util.Map.Entry<String, List<URI>> route : doors.routes().entrySet()) {
                if (path.startsWith(route.getKey())) {
                    int turn = TURNS.computeIfAbsent(route.getKey(), key -> new AtomicInteger())
                            .getAndIncrement();
                    URI member = route.getValue()
                            .get(Math.floorMod(turn, route.getValue().size()));
                    return HttpURI.build(request.getHttpURI())
                            .scheme(member.getScheme())
                            .authority(member.getAuthority());
                }
            }
            return request.getHttpURI();
        }

        @Override
        protected HttpClient newHttpClient() {
            HttpClient client = super.newHttpClient();
            client.setMaxConnectionsPerDestination(6_000);
            client.setMaxRequestsQueuedPerDestination(10_000);
            return client;
        }
    }
}
