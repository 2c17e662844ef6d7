package org.fairlead.engine;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.http.RefusedException;
import org.fairlead.route.Host;
import org.fairlead.route.HostTable;

/** The {@link SniCheck} of each host, as a phase. Immutable and thread-safe. */
final class SniChecks implements Phase.Step {
    private final HostTable hosts;
    private final Map<Host, SniCheck> checks;

    SniChecks(HostTable hosts) {
        this.hosts = hosts;
        this.checks = hosts.hosts().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), host -> new SniCheck(host.config().tls())));
    }

    @Override
    public void apply(RequestContext request) throws RefusedException {
        ClientConnection client = request.exchange().connection();
        checks.get(request.host())
                .check(
                        request.exchange(),
                        name -> request.host() == hosts.find(client.localAddress(), client.localPort(), name));
    }
}
