package org.fairlead.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code SSLOpenSSLConfCmd}: OpenSSL's own commands (SSL_CONF_cmd) for the listeners of a host, in the JDK's words. As
 * in httpd they come after {@code SSLProtocol} and {@code SSLCipherSuite}. Not thread-safe.
 */
final class OpenSslCommands {
    private static final String COMMANDS =
            "Groups, Curves, Protocol, MinProtocol, MaxProtocol, CipherString, Ciphersuites, DHParameters or ECDHParameters,"
                    + " and a value";
    /** From the oldest on; what is older than TLS 1.2 is never spoken. */
    private static final List<String> VERSIONS = List.of("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
    /** OpenSSL's and NIST's names to those of RFC 8446 that the JDK has. */
    private static final Map<String, String> GROUPS = Map.ofEntries(
            Map.entry("x25519", "x25519"),
            Map.entry("x448", "x448"),
            Map.entry("prime256v1", "secp256r1"),
            Map.entry("secp256r1", "secp256r1"),
            Map.entry("p-256", "secp256r1"),
            Map.entry("secp384r1", "secp384r1"),
            Map.entry("p-384", "secp384r1"),
            Map.entry("secp521r1", "secp521r1"),
            Map.entry("p-521", "secp521r1"),
            Map.entry("ffdhe2048", "ffdhe2048"),
            Map.entry("ffdhe3072", "ffdhe3072"),
            Map.entry("ffdhe4096", "ffdhe4096"),
            Map.entry("ffdhe6144", "ffdhe6144"),
            Map.entry("ffdhe8192", "ffdhe8192"));
    /** The first release with {@code SSLParameters.setNamedGroups}. */
    private static final int JAVA_WITH_GROUPS = 20;

    private final Problems problems;
    private Set<String> protocols;
    private String older;
    private String newer;
    private List<String> groups = List.of();

    /**
     * @param protocols by {@code SSLProtocol}
     * @param ciphers by {@code SSLCipherSuite}
     */
    OpenSslCommands(List<String> protocols, String ciphers, Problems problems) {
        this.protocols = new TreeSet<>(protocols);
        this.newer = ciphers(ciphers, true);
        this.older = ciphers(ciphers, false);
        this.problems = problems;
    }

    private static String ciphers(String ciphers, boolean ofNewer) {
        return Arrays.stream(ciphers.split(":"))
                .filter(cipher -> !cipher.isEmpty() && cipher.startsWith("TLS_") == ofNewer)
                .collect(Collectors.joining(":"));
    }

    /** Takes lines over in their order; of several with one command the last holds. */
    OpenSslCommands read(List<Entry> lines) {
        lines.forEach(this::read);
        return this;
    }

    private void read(Entry line) {
        String[] words = line.value().strip().split("\\s+", 2);
        String value = words.length > 1 ? HttpdWords.strip(words[1]).replace("\"", "") : "";
        if (value.isEmpty()) {
            Values.bad(problems, line, COMMANDS);
            return;
        }
        switch (words[0].toLowerCase(Locale.ROOT)) {
            case "groups", "curves" -> groups(line, value);
            case "protocol" -> protocol(line, value);
            case "minprotocol" -> bound(line, value, true);
            case "maxprotocol" -> bound(line, value, false);
            case "cipherstring" -> older = value;
            case "ciphersuites" -> newer = value;
            case "dhparameters", "ecdhparameters" ->
                problems.noEffect(
                        line.source(),
                        line.spelling() + " " + words[0]
                                + ": does nothing, as the JDK has groups of its own for the key exchange; delete it, or name"
                                + " groups with SSLOpenSSLConfCmd Groups");
            default -> Values.bad(problems, line, COMMANDS);
        }
    }

    private void groups(Entry line, String value) {
        List<String> named = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String word : value.split("[:/,]")) {
            String name = word.replaceFirst("^[?*]+", "");
            Optional<String> group = Optional.ofNullable(GROUPS.get(name.toLowerCase(Locale.ROOT)));
            group.filter(g -> !named.contains(g)).ifPresent(named::add);
            if (group.isEmpty()) {
                unknown.add(name);
            }
        }
        if (value.equalsIgnoreCase("auto")) {
            groups = List.of();
        } else if (named.isEmpty()) {
            Values.bad(problems, line, "groups that the JDK knows: X25519, X448, P-256, P-384, P-521, ffdhe2048 …");
        } else {
            groups = named;
            tellGroups(line, unknown);
        }
    }

    private void tellGroups(Entry line, List<String> unknown) {
        if (!unknown.isEmpty()) {
            problems.difference(
                    line.source(),
                    line.spelling() + " '" + Quoted.of(line.value()) + "': the JDK does not know "
                            + Quoted.of(String.join(", ", unknown)) + ", which is left out");
        }
        if (Runtime.version().feature() < JAVA_WITH_GROUPS) {
            problems.difference(
                    line.source(),
                    line.spelling() + " '" + Quoted.of(line.value())
                            + "': needs Java 20 or later; this one takes the JDK's own groups, or those of"
                            + " -Djdk.tls.namedGroups");
        }
    }

    /** {@code -ALL,TLSv1.2}: words with a minus are taken away, others added. */
    private void protocol(Entry line, String value) {
        Set<String> on = new TreeSet<>(protocols);
        for (String word : value.split(",")) {
            boolean minus = word.strip().startsWith("-");
            String name = word.strip().replaceFirst("^[+-]", "");
            Optional<String> version = version(name);
            if (version.isEmpty() && !name.equalsIgnoreCase("all")) {
                Values.bad(problems, line, "ALL and versions such as TLSv1.2, with commas between and - in front");
                return;
            }
            Collection<String> named = version.<Collection<String>>map(List::of).orElse(TlsWords.DEFAULT_PROTOCOLS);
            if (minus) {
                on.removeAll(named);
            } else {
                on.addAll(named);
            }
        }
        take(line, on);
    }

    private void bound(Entry line, String value, boolean least) {
        Optional<String> version = version(value);
        if (version.isEmpty() && !value.equalsIgnoreCase("none")) {
            Values.bad(problems, line, "a version such as TLSv1.2, or None");
            return;
        }
        Set<String> on = new TreeSet<>(protocols);
        version.ifPresent(bound -> on.removeIf(other -> {
            int order = Integer.compare(VERSIONS.indexOf(other), VERSIONS.indexOf(bound));
            return least ? order < 0 : order > 0;
        }));
        take(line, on);
    }

    private void take(Entry line, Set<String> on) {
        on.retainAll(TlsWords.DEFAULT_PROTOCOLS);
        if (on.isEmpty()) {
            Values.bad(problems, line, "what leaves at least one of TLSv1.2 and TLSv1.3");
            return;
        }
        protocols = on;
    }

    private static Optional<String> version(String name) {
        return VERSIONS.stream()
                .filter(version -> version.equalsIgnoreCase(name) || name.equalsIgnoreCase(version + ".0"))
                .findFirst();
    }

    List<String> protocols() {
        return List.copyOf(protocols);
    }

    /** An OpenSSL cipher string; empty = the JDK's choice. */
    String ciphers() {
        return newer.isEmpty() || older.isEmpty() ? newer + older : newer + ":" + older;
    }

    /** Named groups in order of preference; empty = the JDK's choice. */
    List<String> groups() {
        return groups;
    }
}
