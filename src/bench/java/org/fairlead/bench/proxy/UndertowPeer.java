package org.fairlead.bench.proxy;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;

/** Undertow with its own load balancing proxy. */
final class UndertowPeer {
    private UndertowPeer() {}

    public static void main(String[] arguments) throws Exception {
        Doors doors = Doors.of(arguments);
        PathHandler paths = new PathHandler();
        doors.routes().forEach((path, members) -> {
            LoadBalancingProxyClient client = new LoadBalancingProxyClient()
                    .setConnectionsPerThread(3_000)
                    .setMaxQueueSize(10_000);
            members.forEach(client::addHost);
            HttpHandler proxy = ProxyHandler.builder()
                    .setProxyClient(client)
                    .setMaxRequestTime(60_000)
                    .build();
            if (path.equals("/")) {
                paths.addPrefixPath("/", proxy);
            } else {
                paths.addPrefixPath(path.substring(0, path.length() - 1), proxy);
            }
        });
        Undertow.builder()
                .addHttpListener(doors.port(), "127.0.0.1")
                .addHttpsListener(doors.tlsPort(), "127.0.0.1", doors.tls())
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setIoThreads(2)
                .setSocketOption(org.xnio.Options.BACKLOG, 8192)
                .setHandler(paths)
                .build()
                .start();
    }
}
