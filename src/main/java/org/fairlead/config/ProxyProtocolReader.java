package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fairlead.expression.Subnet;
import org.fairlead.model.ProxyProtocolConfig;
import org.fairlead.model.ProxyProtocolConfig.Mode;

/**
 * Reads {@code RemoteIPProxyProtocol} for a listener. Its header comes before a host is known, so the first host at the
 * listener that has the directive decides for all of them, else the main server.
 */
final class ProxyProtocolReader {
    private final Entry root;
    private final Problems problems;

    ProxyProtocolReader(Entry root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    /** @param hosts the virtual hosts that a listener serves */
    ProxyProtocolConfig of(List<Entry> hosts) {
        Optional<Entry> line = Stream.concat(hosts.stream(), Stream.of(root))
                .flatMap(host -> host.last("remoteipproxyprotocol").stream())
                .findFirst();
        Mode mode = line.map(this::mode).orElse(Mode.OFF);
        if (mode == Mode.OFF) {
            return ProxyProtocolConfig.OFF;
        }
        problems.difference(
                line.orElseThrow().source(),
                line.orElseThrow().spelling()
                        + ": every peer that reaches this port may say whose connection it is, as in httpd; let a firewall"
                        + " admit the balancer alone");
        List<String> exceptions = new ArrayList<>();
        Stream.concat(hosts.stream(), Stream.of(root))
                .flatMap(host -> host.all("remoteipproxyprotocolexceptions").stream())
                .forEach(entry -> exceptions.addAll(networks(entry)));
        return new ProxyProtocolConfig(mode, exceptions);
    }

    private Mode mode(Entry line) {
        String word = line.value().strip();
        Optional<Boolean> flag = Values.flagOf(word);
        if (flag.isPresent()) {
            return flag.get() ? Mode.ON : Mode.OFF;
        }
        if (!word.equalsIgnoreCase("optional")) {
            Values.bad(problems, line, "On, Off or Optional");
        }
        return word.equalsIgnoreCase("optional") ? Mode.OPTIONAL : Mode.OFF;
    }

    private List<String> networks(Entry line) {
        List<String> networks = new ArrayList<>();
        for (String word : line.value().strip().split("\\s+")) {
            if (Subnet.parse(word).isPresent()) {
                networks.add(word);
            } else {
                problems.badValue(
                        line.source(),
                        line.spelling(),
                        Quoted.of(word),
                        "an address, or a network such as 10.0.0.0/8; names are not looked up");
            }
        }
        return networks;
    }
}
