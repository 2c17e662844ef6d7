package org.fairlead.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fairlead.model.CertificateConfig;
import org.fairlead.tls.PemFile;
import org.fairlead.tls.TlsFiles;

/** Reads the certificate of a host, and checks its files now, so that a start does not fail half-way. */
final class CertificateReader {
    private final Entry root;
    private final Reading reading;

    /** @param root the main server */
    CertificateReader(Entry root, Reading reading) {
        this.root = root;
        this.reading = reading;
    }

    /**
     * Returns the certificate of the main server or a virtual host; empty if it says no {@code SSLEngine on}.
     *
     * @param names what the host is called
     * @param port where it listens; 0 = not said
     */
    Optional<CertificateConfig> read(Entry host, List<String> names, int port) {
        Values values = merged(host);
        boolean on = values.text("sslengine")
                        .filter(t -> t.equalsIgnoreCase("optional"))
                        .isEmpty()
                && values.flag("sslengine", false);
        values.entry("sslengine")
                .filter(e -> e.value().equalsIgnoreCase("optional"))
                .ifPresent(e -> values.bad(e, "On or Off"));
        if (!on) {
            tellUnused(host);
            return Optional.empty();
        }
        List<Entry> certificates = own(host, "sslcertificatefile");
        List<Entry> keys = own(host, "sslcertificatekeyfile");
        if (certificates.isEmpty()) {
            Entry engine = values.entry("sslengine").orElse(host);
            values.bad(engine, "SSLCertificateFile and SSLCertificateKeyFile with it, in the same place");
            return Optional.empty();
        }
        List<Entry> lines = new ArrayList<>(root.all("sslopensslconfcmd"));
        if (host != root) {
            lines.addAll(host.all("sslopensslconfcmd"));
        }
        OpenSslCommands commands = new OpenSslCommands(
                        TlsWords.protocols(values, "sslprotocol"),
                        TlsWords.ciphers(own(host, "sslciphersuite"), reading.problems()),
                        reading.problems())
                .read(lines);
        if (!lines.isEmpty() && !commands.ciphers().isEmpty()) {
            TlsWords.check(commands.ciphers(), lines.get(lines.size() - 1), reading.problems());
        }
        CertificateConfig config = new CertificateConfig(
                names,
                port,
                pairs(certificates, keys),
                host.last("sslcertificatechainfile").map(this::chain),
                PassPhraseReader.read(root, reading),
                commands.protocols(),
                commands.ciphers(),
                commands.groups(),
                values.flag("sslhonorcipherorder", false),
                values.flag("sslsessiontickets", true),
                values.flag("sslusestapling", false),
                new ClientCertificatesReader(values, reading).read(),
                certificates.get(0).source());
        check(config, certificates, keys, values);
        return Optional.of(config);
    }

    /** A certificate that no host shows: TLS is only spoken where a line says so, as in httpd. */
    private void tellUnused(Entry host) {
        boolean inherited = host == root && root.all("virtualhost").stream().anyMatch(h -> h.has("sslengine"));
        boolean said = host.has("sslengine") || root.has("sslengine") || inherited;
        boolean byListen = root.all("listen").stream()
                .anyMatch(listen ->
                        listen.value().strip().toLowerCase(Locale.ROOT).endsWith("https"));
        if (!said && !byListen) {
            host.last("sslcertificatefile")
                    .ifPresent(file -> reading.problems()
                            .noEffect(
                                    file.source(),
                                    "SSLCertificateFile: is not shown, as there is no SSLEngine On, so this host speaks"
                                            + " plain HTTP, as in httpd (expected: SSLEngine On beside it, or no"
                                            + " certificate)"));
        }
    }

    private Values merged(Entry host) {
        Map<String, Entry> all = new LinkedHashMap<>();
        for (Entry scope : List.of(root, host)) {
            scope.named(name -> name.startsWith("ssl")).forEach(e -> all.put(e.name(), e));
        }
        return new Values(all, reading.problems());
    }

    private List<Entry> own(Entry host, String key) {
        List<Entry> own = new ArrayList<>(host.all(key));
        return own.isEmpty() ? root.all(key) : own;
    }

    /** Each certificate with the key of the same place; without one the key stands in the certificate's own file. */
    private List<CertificateConfig.Pair> pairs(List<Entry> certificates, List<Entry> keys) {
        List<CertificateConfig.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < certificates.size(); i++) {
            Path certificate = reading.path(certificates.get(i).value());
            Path key = i < keys.size() ? reading.path(keys.get(i).value()) : certificate;
            pairs.add(new CertificateConfig.Pair(certificate, key));
        }
        return pairs;
    }

    private static void check(CertificateConfig config, List<Entry> certificates, List<Entry> keys, Values values) {
        for (int i = 0; i < certificates.size(); i++) {
            Entry certificate = certificates.get(i);
            CertificateConfig.Pair pair = config.pairs().get(i);
            List<String> wrong = PemFile.certificateProblems(pair.certificate());
            wrong.forEach(expected -> values.bad(certificate, expected));
            if (wrong.isEmpty()) {
                Optional<Entry> key = i < keys.size() ? Optional.of(keys.get(i)) : Optional.empty();
                PemFile.pairProblems(pair.certificate(), pair.key(), TlsFiles.phrase(config, i))
                        .forEach(expected -> values.bad(
                                key.orElse(certificate),
                                key.isEmpty() ? expected + "; or SSLCertificateKeyFile" : expected));
            }
        }
    }

    private Path chain(Entry entry) {
        Path chain = reading.path(entry.value());
        PemFile.certificateProblems(chain).forEach(expected -> Values.bad(reading.problems(), entry, expected));
        return chain;
    }
}
