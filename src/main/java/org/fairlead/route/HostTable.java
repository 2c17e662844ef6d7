package org.fairlead.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairlead.http.IpAddress;
import org.fairlead.model.HostConfig;
import org.fairlead.model.HostConfig.HostAddress;
import org.fairlead.model.ProxyConfig;

/**
 * The table of virtual hosts, by httpd's rules: the virtual hosts of the best address and port, among them the first
 * whose {@code ServerName} or {@code ServerAlias} is the requested name, else the first. The main server serves
 * requests where no virtual host has the address. Immutable.
 */
public final class HostTable {
    private static final String ANY = "*";

    private final Host main;
    private final List<Host> all = new ArrayList<>();
    /** By address and port of {@code <VirtualHost>} sections; port 0 = any. */
    private final Map<String, Map<Integer, NameTable>> tables = new HashMap<>();

    private HostTable(ProxyConfig config) {
        String mainName = config.mainHost().serverName();
        main = new Host(config.mainHost(), mainName, config.balancers());
        all.add(main);
        Map<String, Map<Integer, List<NameTable.Entry>>> groups = new HashMap<>();
        for (HostConfig virtualHost : config.virtualHosts()) {
            boolean inherits = virtualHost.serverName().isEmpty();
            Host host = new Host(virtualHost, inherits ? mainName : virtualHost.serverName(), config.balancers());
            all.add(host);
            for (HostAddress address : virtualHost.addresses()) {
                for (String literal : Addresses.literals(address.address())) {
                    groups.computeIfAbsent(literal, l -> new HashMap<>())
                            .computeIfAbsent(address.port(), p -> new ArrayList<>())
                            .add(new NameTable.Entry(host, address.address()));
                }
            }
        }
        groups.forEach((address, ports) -> ports.forEach((port, entries) ->
                tables.computeIfAbsent(address, a -> new HashMap<>()).put(port, new NameTable(entries))));
    }

    public static HostTable of(ProxyConfig config) {
        return new HostTable(config);
    }

    /** The main server first, then the virtual hosts in configuration order. */
    public List<Host> hosts() {
        return List.copyOf(all);
    }

    /**
     * Returns the host for a request; there always is one.
     *
     * @param localAddress the address that the connection came to, a literal with or without brackets
     * @param authority the requested authority; its port is ignored, as the real one is known; may be empty
     */
    public Host find(String localAddress, int localPort, String authority) {
        if (tables.isEmpty()) {
            return main;
        }
        String address = IpAddress.canonical(localAddress);
        NameTable table = find(address, localPort);
        return table == NameTable.NONE ? main : table.find(authority);
    }

    private NameTable find(String address, int port) {
        NameTable table = at(address, port);
        return table == NameTable.NONE ? at(ANY, port) : table;
    }

    private NameTable at(String address, int port) {
        Map<Integer, NameTable> ports = tables.get(address);
        if (ports == null) {
            return NameTable.NONE;
        }
        NameTable table = ports.get(port);
        return table == null ? ports.getOrDefault(0, NameTable.NONE) : table;
    }
}
