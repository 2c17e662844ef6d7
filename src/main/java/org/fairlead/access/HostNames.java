package org.fairlead.access;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.fairlead.http.IpAddress;

/**
 * Clients' host names, believed only when they resolve back to the client's address (httpd's double reverse lookup),
 * and cached for a short while. Thread-safe; no lock is held during a lookup.
 */
final class HostNames {
    static final Duration MAX_AGE = Duration.ofMinutes(1);
    private static final int MAX_ENTRIES = 1000;

    private final NameService names;
    private final LongSupplier nanoTime;
    private final Map<String, Known<Optional<String>>> ofAddresses = bounded();
    private final Map<String, Known<List<InetAddress>>> ofNames = bounded();

    HostNames(NameService names, LongSupplier nanoTime) {
        this.names = names;
        this.nanoTime = nanoTime;
    }

    private record Known<T>(T answer, long until) {}

    private static <T> Map<String, T> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > MAX_ENTRIES;
            }
        };
    }

    /** The confirmed name of a client, in lower case and without a dot at its end; empty if it has none. */
    Optional<String> confirmed(String address) {
        Optional<Optional<String>> known = known(ofAddresses, address);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<String> name = literal(address)
                .flatMap(client -> names.name(client)
                        .filter(n -> addresses(n).contains(client))
                        .map(HostNames::plain));
        keep(ofAddresses, address, name);
        return name;
    }

    /** Whether one of the addresses of a name is this one. */
    boolean leadsTo(String name, String address) {
        return literal(address)
                .filter(client -> addresses(plain(name)).contains(client))
                .isPresent();
    }

    private List<InetAddress> addresses(String name) {
        Optional<List<InetAddress>> known = known(ofNames, name);
        if (known.isPresent()) {
            return known.get();
        }
        List<InetAddress> found = List.copyOf(names.addresses(name));
        keep(ofNames, name, found);
        return found;
    }

    private <T> Optional<T> known(Map<String, Known<T>> answers, String key) {
        synchronized (answers) {
            return Optional.ofNullable(answers.get(key))
                    .filter(known -> known.until() - nanoTime.getAsLong() > 0)
                    .map(Known::answer);
        }
    }

    private <T> void keep(Map<String, Known<T>> answers, String key, T answer) {
        synchronized (answers) {
            answers.put(key, new Known<>(answer, nanoTime.getAsLong() + MAX_AGE.toNanos()));
        }
    }

    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** The address of a literal, without a zone; nothing else is given to the JDK, which would look it up. */
    static Optional<InetAddress> literal(String address) {
        int zone = address.indexOf('%');
        return IpAddress.parse(zone < 0 ? address : address.substring(0, zone)).map(IpAddress::toInetAddress);
    }

    /** Whether a host lies in a domain: {@code a.example.com} in {@code example.com}, but not {@code anexample.com}. */
    static boolean isIn(String domain, String host) {
        int before = host.length() - domain.length();
        return !domain.isEmpty()
                && before >= 0
                && host.regionMatches(true, before, domain, 0, domain.length())
                && (before == 0 || domain.charAt(0) == '.' || host.charAt(before - 1) == '.');
    }
}
