package org.fairlead.connector;

import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import org.fairlead.expression.Subnet;
import org.fairlead.http.IpAddress;
import org.fairlead.model.ProxyProtocolConfig;
import org.fairlead.model.ProxyProtocolConfig.Mode;

/** The PROXY protocol on a listener: which connections begin with a header. Immutable and thread-safe. */
final class ProxyProtocol {
    private final Mode mode;
    private final List<Subnet> exceptions;

    ProxyProtocol(ProxyProtocolConfig config) {
        this.mode = config.mode();
        this.exceptions = config.exceptions().stream()
                .flatMap(text -> Subnet.parse(text).stream())
                .toList();
    }

    /** The header that a new connection is to begin with; empty = none. */
    Optional<ProxyHeader> header(SocketChannel connection) {
        if (mode == Mode.OFF || !exceptions.isEmpty() && isException(connection)) {
            return Optional.empty();
        }
        return Optional.of(new ProxyHeader(mode == Mode.OPTIONAL));
    }

    private boolean isException(SocketChannel connection) {
        String client = IpAddress.canonical(connection.socket().getInetAddress().getHostAddress());
        return exceptions.stream().anyMatch(network -> network.contains(client));
    }
}
