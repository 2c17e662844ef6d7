package org.fairlead.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The virtual hosts of one address and port, by name; the first is the default. Immutable. */
final class NameTable {
    static final NameTable NONE = new NameTable(List.of());

    private final List<Host> hosts;
    private final HostNames names;
    private final Map<String, Integer> addresses = new HashMap<>();

    /** @param address the argument of {@code <VirtualHost …>}, which serves as a name where no other fits */
    record Entry(Host host, String address) {}

    NameTable(List<Entry> entries) {
        hosts = entries.stream().map(Entry::host).toList();
        names = new HostNames(hosts.stream().map(NameTable::names).toList());
        for (int i = 0; i < entries.size(); i++) {
            addresses.putIfAbsent(entries.get(i).address().toLowerCase(Locale.ROOT), i);
        }
    }

    private static List<String> names(Host host) {
        List<String> names = new ArrayList<>(List.of(host.name()));
        names.addAll(host.config().serverAliases());
        return names;
    }

    /** @param authority may be empty, with or without a port */
    Host find(String authority) {
        if (hosts.size() == 1) {
            return hosts.get(0);
        }
        return hosts.get(
                names.find(authority).orElseGet(() -> addresses.getOrDefault(Addresses.hostName(authority), 0)));
    }
}
