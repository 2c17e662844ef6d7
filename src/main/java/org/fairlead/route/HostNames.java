package org.fairlead.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which of several hosts a name belongs to: the first whose {@code ServerName} or {@code ServerAlias} fits. Requests find
 * their host by it, and connections the one whose certificate they are shown. Immutable.
 */
public final class HostNames {
    private static final int UNKNOWN = Integer.MAX_VALUE;

    private final Map<String, Integer> exact = new HashMap<>();
    private final List<Wildcard> wildcards = new ArrayList<>();

    /** A {@code ServerAlias} with {@code *} or {@code ?}. */
    private record Wildcard(String pattern, int position) {}

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
        if (lower.indexOf('*') >= 0 || lower.indexOf('?') >= 0) {
            wildcards.add(new Wildcard(lower, position));
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
            if (matches(wildcard.pattern, 0, name, 0)) {
                best = wildcard.position;
            }
        }
        return best == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(best);
    }

    /** {@code *} stands for any characters, {@code ?} for one. */
    private static boolean matches(String pattern, int p, String name, int n) {
        int retryPattern = -1;
        int retryName = n;
        int i = p;
        int j = n;
        while (j < name.length()) {
            if (i < pattern.length() && pattern.charAt(i) == '*') {
                retryPattern = ++i;
                retryName = j;
            } else if (i < pattern.length() && (pattern.charAt(i) == '?' || pattern.charAt(i) == name.charAt(j))) {
                i++;
                j++;
            } else if (retryPattern >= 0) {
                i = retryPattern;
                j = ++retryName;
            } else {
                return false;
            }
        }
        while (i < pattern.length() && pattern.charAt(i) == '*') {
            i++;
        }
        return i == pattern.length();
    }
}
