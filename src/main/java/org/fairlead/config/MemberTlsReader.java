package org.fairlead.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.fairlead.model.MemberTlsConfig;

/**
 * Reads how members' certificates are judged: {@code SSLProxy*} of the server, and over it that of the {@code <Proxy>}
 * sections whose URL fits.
 */
final class MemberTlsReader {
    private final List<Entry> servers;
    private final Reading reading;

    /** @param servers the main server and, for a virtual host, that host after it */
    MemberTlsReader(List<Entry> servers, Reading reading) {
        this.servers = servers;
        this.reading = reading;
    }

    /** @param url {@code balancer://name} for the members of a balancer, else the member's own */
    MemberTlsConfig read(String url) {
        Map<String, Entry> all = new LinkedHashMap<>();
        for (Entry server : servers) {
            put(all, server);
        }
        List<Entry> fitting = new ArrayList<>();
        for (Entry server : servers) {
            server.all("proxy").stream().filter(section -> fits(section, url)).forEach(fitting::add);
        }
        fitting.forEach(section -> put(all, section));
        List<Entry> ciphers = new ArrayList<>();
        servers.forEach(server -> ciphers.addAll(server.all("sslproxyciphersuite")));
        fitting.forEach(section -> ciphers.addAll(section.all("sslproxyciphersuite")));
        return read(new Values(all, reading.problems()), TlsWords.ciphers(ciphers, reading.problems()));
    }

    /** Whether it was said how members at this URL are verified. */
    boolean saysVerify(String url) {
        return servers.stream()
                .flatMap(server -> Stream.concat(
                        Stream.of(server), server.all("proxy").stream().filter(section -> fits(section, url))))
                .anyMatch(scope -> scope.has("sslproxyverify"));
    }

    private static void put(Map<String, Entry> all, Entry parent) {
        parent.entries().stream().filter(e -> e.name().startsWith("sslproxy")).forEach(e -> all.put(e.name(), e));
    }

    private static boolean fits(Entry section, String url) {
        String pattern = section.url();
        if (section.has("regex")) {
            try {
                return Pattern.compile(pattern).matcher(url).find();
            } catch (PatternSyntaxException told) {
                return false; // told where the section itself is read
            }
        }
        String plain = pattern.endsWith("*") ? pattern.substring(0, pattern.length() - 1) : pattern;
        return url.toLowerCase(Locale.ROOT).startsWith(plain.toLowerCase(Locale.ROOT));
    }

    private MemberTlsConfig read(Values values, String ciphers) {
        values.flag("sslproxyengine");
        values.entry("sslproxycheckpeercn")
                .filter(e -> !values.flag("sslproxycheckpeercn", true))
                .filter(e -> values.flag("sslproxycheckpeername", true))
                .ifPresent(e -> reading.problems()
                        .noEffect(
                                e.source(),
                                e.spelling() + " does nothing: SSLProxyCheckPeerName decides, as in httpd"));
        MemberTlsConfig defaults = MemberTlsConfig.DEFAULTS;
        return new MemberTlsConfig(
                verify(values),
                values.flag("sslproxycheckpeername", defaults.checkPeerName()),
                values.flag("sslproxycheckpeerexpire", defaults.checkPeerExpire()),
                file(values, "sslproxycacertificatefile"),
                folder(values, "sslproxycacertificatepath"),
                file(values, "sslproxymachinecertificatefile"),
                TlsWords.protocols(values, "sslproxyprotocol"),
                ciphers);
    }

    private static boolean verify(Values values) {
        Optional<Entry> entry = values.entry("sslproxyverify");
        return switch (entry.map(e -> e.value().toLowerCase(Locale.ROOT)).orElse("require")) {
            case "require" -> true;
            case "none", "optional", "optional_no_ca" -> false;
            default -> {
                entry.ifPresent(e -> values.bad(e, "none, optional, require or optional_no_ca"));
                yield true;
            }
        };
    }

    private Optional<Path> file(Values values, String key) {
        Optional<Entry> entry = values.entry(key);
        Optional<Path> file = entry.map(e -> reading.path(e.value()));
        if (file.isPresent()) {
            List<String> problems = key.contains("machine")
                    ? PemFile.pairProblems(file.get(), file.get())
                    : PemFile.certificateProblems(file.get());
            problems.forEach(expected -> values.bad(entry.get(), expected));
        }
        return file;
    }

    private Optional<Path> folder(Values values, String key) {
        Optional<Entry> entry = values.entry(key);
        Optional<Path> folder = entry.map(e -> reading.path(e.value()));
        if (folder.isPresent() && !Files.isDirectory(folder.get())) {
            values.bad(entry.get(), "a folder of PEM files that can be read");
        }
        return folder;
    }
}
