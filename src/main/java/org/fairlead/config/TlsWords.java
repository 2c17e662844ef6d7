package org.fairlead.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.fairlead.tls.CipherList;

/** mod_ssl's words for protocols, in the JDK's names. */
final class TlsWords {
    static final List<String> DEFAULT_PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

    private static final Map<String, String> SUPPORTED = Map.of("tlsv1.2", "TLSv1.2", "tlsv1.3", "TLSv1.3");
    private static final List<String> BROKEN_PROTOCOLS = List.of("TLSv1", "TLSv1.1");
    private static final Set<String> BROKEN = Set.of("sslv2", "sslv3", "tlsv1", "tlsv1.0", "tlsv1.1");

    private TlsWords() {}

    /**
     * Reads {@code SSLProtocol} or {@code SSLProxyProtocol}: words with {@code +} and {@code -}; a word without either
     * starts anew. Broken protocols (before TLS 1.2) are left out. That is reported where one was requested, also by
     * {@code all}, which is everything from TLS 1.0 on (SSL 3.0 is in no OpenSSL any more).
     */
    static List<String> protocols(Values values, String key) {
        Optional<Entry> entry = values.entry(key);
        if (entry.isEmpty()) {
            return DEFAULT_PROTOCOLS;
        }
        Set<String> on = new TreeSet<>();
        Set<String> dropped = new TreeSet<>();
        for (String word : entry.get().value().strip().split("\\s+")) {
            boolean minus = word.startsWith("-");
            boolean signed = minus || word.startsWith("+");
            String name = (signed ? word.substring(1) : word).toLowerCase(Locale.ROOT);
            if (!name.equals("all") && !SUPPORTED.containsKey(name) && !BROKEN.contains(name)) {
                values.bad(entry.get(), "all, TLSv1.2, TLSv1.3, with + or - in front");
                return DEFAULT_PROTOCOLS;
            }
            if (!signed) {
                on.clear();
                dropped.clear();
            }
            Set<String> named = name.equals("all")
                    ? Set.copyOf(SUPPORTED.values())
                    : Optional.ofNullable(SUPPORTED.get(name)).map(Set::of).orElse(Set.of());
            Set<String> broken = name.equals("all")
                    ? Set.copyOf(BROKEN_PROTOCOLS)
                    : BROKEN.contains(name) ? Set.of(signed ? word.substring(1) : word) : Set.of();
            if (minus) {
                on.removeAll(named);
                dropped.removeIf(other -> broken.stream().anyMatch(other::equalsIgnoreCase));
            } else {
                on.addAll(named);
                dropped.addAll(broken);
            }
        }
        if (on.isEmpty()) {
            values.bad(entry.get(), "at least one of TLSv1.2 and TLSv1.3");
            return DEFAULT_PROTOCOLS;
        }
        if (!dropped.isEmpty()) {
            values.problems()
                    .difference(
                            entry.get().source(),
                            entry.get().spelling() + " '" + entry.get().value() + "': " + String.join(", ", dropped)
                                    + (dropped.size() == 1 ? " is" : " are")
                                    + " left out, nothing before TLS 1.2 is spoken");
        }
        return List.copyOf(on);
    }

    /**
     * Joins {@code SSLCipherSuite} lines: the last without a protocol (or with {@code SSL}) is for TLS 1.2, the last
     * with {@code TLSv1.3} for that. Words of a list stand between colons, commas or blanks; the result has colons.
     */
    static String ciphers(List<Entry> lines, Problems problems) {
        String older = "";
        String newer = "";
        for (Entry line : lines) {
            List<String> words = Stream.of(line.value().split("[:;,\\s]+"))
                    .filter(word -> !word.isEmpty())
                    .toList();
            boolean forNewer = words.size() > 1 && words.get(0).equalsIgnoreCase("TLSv1.3");
            boolean qualified = forNewer || words.size() > 1 && words.get(0).equalsIgnoreCase("SSL");
            String list = String.join(":", qualified ? words.subList(1, words.size()) : words);
            if (forNewer) {
                newer = list;
            } else {
                older = list;
            }
            check(list, line, problems);
        }
        return newer.isEmpty() || older.isEmpty() ? newer + older : newer + ":" + older;
    }

    /** Tells a list that cannot be read, or leaves nothing. */
    static void check(String list, Entry line, Problems problems) {
        try {
            CipherList.parse(list, CipherList.supported());
        } catch (IllegalArgumentException e) {
            Values.bad(problems, line, e.getMessage());
        }
    }
}
