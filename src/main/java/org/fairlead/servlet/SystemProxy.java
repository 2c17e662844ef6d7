package org.fairlead.servlet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.util.List;
import java.util.Optional;

/** Outgoing proxy that the JVM's settings name for an origin: {@code http.proxyHost}, {@code http.nonProxyHosts} … */
final class SystemProxy {
    private SystemProxy() {}

    /**
     * Its URL, for {@code ProxyRemote}; empty where the origin is to be asked directly.
     *
     * @throws java.net.UnknownHostException if the proxy's name is not known
     */
    static Optional<String> of(Origin origin) throws IOException {
        ProxySelector selector = ProxySelector.getDefault();
        List<Proxy> proxies = selector == null || origin.isBalancer() ? List.of() : selector.select(origin.uri());
        for (Proxy proxy : proxies) {
            if (proxy.type() == Proxy.Type.DIRECT) {
                return Optional.empty();
            }
            if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress address) {
                InetAddress.getByName(address.getHostString());
                String host = address.getHostString();
                return Optional.of(
                        "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort());
            }
        }
        return Optional.empty();
    }
}
