package org.fairlead.bench.proxy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.OriginRequestProvider;
import io.vertx.httpproxy.ProxyContext;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Vert.x's reverse proxy, with a round robin over the members: an event loop for each processor, and each with listeners
 * and a pool of its own, so that a request never leaves the loop that accepted it.
 */
final class VertxPeer extends VerticleBase {
    private final Doors doors;
    private final Map<String, Turns> routes = new LinkedHashMap<>();

    private VertxPeer(Doors doors) {
        this.doors = doors;
        doors.routes().forEach((path, members) -> routes.put(path, new Turns(members)));
    }

    public static void main(String[] arguments) throws Exception {
        Doors doors = Doors.of(arguments);
        int loops = Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops).setPreferNativeTransport(true));
        vertx.deployVerticle(() -> new VertxPeer(doors), new DeploymentOptions().setInstances(loops))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        System.out.println("native transport: " + vertx.isNativeTransportEnabled());
    }

    @Override
    public Future<?> start() {
        HttpProxy proxy = HttpProxy.reverseProxy(vertx.createHttpClient(
                        new HttpClientOptions().setKeepAliveTimeout(300),
                        new PoolOptions().setHttp1MaxSize(3_000).setMaxWaitQueueSize(10_000)))
                .origin(OriginRequestProvider.selector(this::member));
        HttpServerOptions plain = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(doors.port())
                .setAcceptBacklog(8192);
        HttpServerOptions tls = new HttpServerOptions(plain)
                .setPort(doors.tlsPort())
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(
                        new PfxOptions().setPath(doors.keystore().toString()).setPassword(Doors.PASSWORD));
        return Future.all(
                vertx.createHttpServer(plain).requestHandler(proxy).listen(),
                vertx.createHttpServer(tls).requestHandler(proxy).listen());
    }

    private Future<SocketAddress> member(ProxyContext context) {
        String path = context.request().getURI();
        for (Map.Entry<String, Turns> route : routes.entrySet()) {
            if (path.startsWith(route.getKey())) {
                return Future.succeededFuture(route.getValue().next());
            }
        }
        return Future.failedFuture(path);
    }

    /** Whose turn it is on one path; used by one loop only. */
    private static final class Turns {
        private final List<SocketAddress> members;
        private int turn;

        Turns(List<URI> members) {
            this.members = members.stream()
                    .map(member -> SocketAddress.inetSocketAddress(member.getPort(), member.getHost()))
                    .toList();
        }

        SocketAddress next() {
            turn = (turn + 1) % members.size();
            return members.get(turn);
        }
    }
}
