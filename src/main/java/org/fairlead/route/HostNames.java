package org.fairlead.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.fairlead.http.HostPattern;

/**
 * The host names of several hosts: a name belongs to the first host whose {@code ServerName} or {@code ServerAlias}
 * fits. Requests find their host by it, and connections their host's certificate. Immutable.
 */
public final class HostNames {
    private static final int UNKNOWN = Integer.MAX_VALUE;

    private final Map<String, Integer> exact = new HashMap<>();
    private final List<Wildcard> wildcards = new ArrayList<>();

    /** A {@code ServerAlias} with {@code *} or {@code ?}. */
    private record Wildcard(HostPattern pattern, int position) {}

    /** @param names those of each host, in their order */
    public HostNames(List<List<String>> names) {
        for (int i = 0; i < names.size(); i++) {
            for (String name : names.get(i)) {
                put(name, i);
            }
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

    /**
     * Returns the position of the host that has this name; empty if none has.
     *
     * @param authority may be empty, with or without a port
     */
    public OptionalInt find(String authority) {
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
        return best == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(best);
    }
}
