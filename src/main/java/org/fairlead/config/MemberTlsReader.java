package org.fairlead.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.ExpressionException;
import org.fairlead.expression.Regex;
import org.fairlead.model.MemberTlsConfig;
import org.fairlead.model.PassPhrase;
import org.fairlead.tls.PemFile;
import org.fairlead.tls.PhraseReader;

/**
 * Reads how members' certificates are verified: {@code SSLProxy*} of the server, overridden by that of the
 * {@code <Proxy>} sections whose URL matches.
 */
final class MemberTlsReader {
    /** Lines that hold for some members. Equal to nothing but itself, which a record would first have to learn. */
    private static final class Scope {
        private final Predicate<String> fits;
        private final List<Entry> lines;

        private Scope(Predicate<String> fits, List<Entry> lines) {
            this.fits = fits;
            this.lines = lines;
        }
    }

    /** The main server, where the pass phrases of keys come from. */
    private final Entry root;

    private final Reading reading;
    private final Map<List<Scope>, MemberTlsConfig> known = new HashMap<>();

    /** The main server's first, then those of a virtual host. */
    private final List<Scope> servers = new ArrayList<>();

    private final List<Scope> sections = new ArrayList<>();

    /** @param main what the main server says, for a virtual host; read once, however many hosts inherit it */
    MemberTlsReader(Optional<MemberTlsReader> main, Entry server, Reading reading) {
        this.reading = reading;
        this.root = main.map(inherited -> inherited.root).orElse(server);
        main.ifPresent(inherited -> {
            servers.addAll(inherited.servers);
            sections.addAll(inherited.sections);
        });
        servers.add(new Scope(url -> true, lines(server)));
        for (Entry section : server.all("proxy")) {
            Predicate<String> fits = fits(section);
            if (!lines(section).isEmpty()) {
                sections.add(new Scope(fits, lines(section)));
            }
        }
    }

    private static List<Entry> lines(Entry scope) {
        return scope.named(name -> name.startsWith("sslproxy"));
    }

    private Predicate<String> fits(Entry section) {
        String written = section.url();
        if (Matches.isOn(section, "regex")) {
            return Matches.pattern(written, section, reading.problems())
                    .map(MemberTlsReader::occursIn)
                    .orElse(url -> false);
        }
        String lower = written.toLowerCase(Locale.ROOT);
        // As httpd finds a worker: whole names of hosts, so that https://a is not https://a.example.
        String start = lower.endsWith("*")
                ? lower.substring(0, lower.length() - 1)
                : lower.endsWith("/") ? lower : lower + "/";
        return url -> (url.toLowerCase(Locale.ROOT) + "/").startsWith(start);
    }

    private static Predicate<String> occursIn(String pattern) {
        return url -> {
            try {
                return Regex.compile(pattern).test(url);
            } catch (ExpressionException | EvaluationException e) {
                return false;
            }
        };
    }

    /** @param url {@code balancer://name} for the members of a balancer, else the member's own */
    MemberTlsConfig read(String url) {
        return known.computeIfAbsent(fitting(url), this::read);
    }

    private List<Scope> fitting(String url) {
        return Stream.concat(servers.stream(), sections.stream())
                .filter(scope -> scope.fits.test(url))
                .toList();
    }

    /** Whether it was said how members at this URL are verified. */
    boolean saysVerify(String url) {
        return fitting(url).stream()
                .flatMap(scope -> scope.lines.stream())
                .anyMatch(line -> line.name().equals("sslproxyverify"));
    }

    private MemberTlsConfig read(List<Scope> fitting) {
        Map<String, Entry> all = new LinkedHashMap<>();
        List<Entry> ciphers = new ArrayList<>();
        for (Scope scope : fitting) {
            scope.lines.forEach(line -> all.put(line.name(), line));
            scope.lines.stream()
                    .filter(line -> line.name().equals("sslproxyciphersuite"))
                    .forEach(ciphers::add);
        }
        return read(new Values(all, reading.problems()), TlsWords.ciphers(ciphers, reading.problems()));
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
                values.entry("sslproxymachinecertificatefile").isPresent() ? passPhrase() : defaults.passPhrase(),
                TlsWords.protocols(values, "sslproxyprotocol"),
                ciphers,
                new RevocationReader(values, reading, "SSLProxy").ofMembers(verify(values)));
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
                    ? PemFile.pairProblems(file.get(), file.get(), PhraseReader.ofMember(passPhrase(), file.get()))
                    : PemFile.certificateProblems(file.get());
            problems.forEach(expected -> values.bad(entry.get(), expected));
        }
        return file;
    }

    private PassPhrase passPhrase() {
        return PassPhraseReader.read(root, reading);
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
