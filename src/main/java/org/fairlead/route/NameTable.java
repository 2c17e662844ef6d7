package org.fairlead.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fairlead.exchange.HostPattern;

/** The virtual hosts of one address and port, by name; the first is the default. Immutable. */
final class NameTable {
    static final NameTable NONE = new NameTable(List.of());

    private static final int UNKNOWN = Integer.MAX_VALUE;

    private final List<Host> hosts;
    private final Map<String, Integer> exact = new HashMap<>();
    private final List<Wildcard> wildcards = new ArrayList<>();
    private final Map<String, Integer> addresses = new HashMap<>();

    /** @param address what stands in {@code <VirtualHost …>}, which serves as a name where no other fits */
    record Entry(Host host, String address) {}

    /** A {@code ServerAlias} with {@code *} or {@code ?}. */
    private record Wildcard(HostPattern pattern, int position) {}

    NameTable(List<Entry> entries) {
        hosts = entries.stream().map(Entry::host).toList();
        for (int i = 0; i < entries.size(); i++) {
            Host host = entries.get(i).host();
            put(host.name(), i);
            for (String alias : host.config().serverAliases()) {
                put(alias, i);
            }
            addresses.putIfAbsent(entries.get(i).address().toLowerCase(Locale.ROOT), i);
        }
    }

    private void put(String name, int position) {
        if (name.isEmpty()) {
            return;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        HostPattern pattern = new HostPattern(lower);
        if (pattern.isWild()) {
            wildcards.add(new Wildcard(pattern, position));
        } else {
            exact.putIfAbsent(lower, position);
        }
    }

    /** @param authority may be empty, with or without a port */
    Host find(String authority) {
        if (hosts.size() == 1) {
            return hosts.get(0);
        }
        String name = Addresses.hostName(authority);
        int best = exact.getOrDefault(name, UNKNOWN);
        for (Wildcard wildcard : wildcards) {
            if (wildcard.position >= best) {
                break;
            }
            if (wildcard.pattern.matches(name)) {
                best = wildcard.position;
            }
        }
        if (best == UNKNOWN) {
            best = addresses.getOrDefault(name, 0);
        }
        return hosts.get(best);
    }
}
