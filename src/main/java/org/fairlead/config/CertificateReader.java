package org.fairlead.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.model.CertificateConfig;
import org.fairlead.model.HostConfig;

/** Reads the certificate that a host shows, and looks at its files now, so that a start does not fail half-way. */
final class CertificateReader {
    private static final List<String> INHERITED = List.of("sslengine", "sslprotocol", "sslhonorcipherorder");

    private final Entry root;
    private final Reading reading;

    CertificateReader(Entry root, Reading reading) {
        this.root = root;
        this.reading = reading;
    }

    /** Returns the certificate of the main server or a virtual host; empty if it says no {@code SSLEngine on}. */
    Optional<CertificateConfig> read(Entry host, HostConfig names) {
        Values values = merged(host);
        boolean on = values.text("sslengine")
                        .filter(t -> t.equalsIgnoreCase("optional"))
                        .isEmpty()
                && values.flag("sslengine", false);
        values.entry("sslengine")
                .filter(e -> e.value().equalsIgnoreCase("optional"))
                .ifPresent(e -> values.bad(e, "On or Off"));
        if (!on) {
            return Optional.empty();
        }
        List<Entry> certificates = own(host, "sslcertificatefile");
        List<Entry> keys = own(host, "sslcertificatekeyfile");
        if (certificates.isEmpty()) {
            Entry engine = values.entry("sslengine").orElse(host);
            values.bad(engine, "SSLCertificateFile and SSLCertificateKeyFile with it, in the same place");
            return Optional.empty();
        }
        if (certificates.size() > 1) {
            reading.problems()
                    .difference(
                            certificates.get(1).source(),
                            "SSLCertificateFile '" + certificates.get(1).value()
                                    + "' is left out: one certificate is shown for each host, the first");
        }
        return Optional.of(certificate(values, host, names, certificates.get(0), keys));
    }

    private Values merged(Entry host) {
        Map<String, Entry> all = new LinkedHashMap<>();
        for (String key : INHERITED) {
            root.last(key).ifPresent(e -> all.put(key, e));
            host.last(key).ifPresent(e -> all.put(key, e));
        }
        return new Values(all, reading.problems());
    }

    private List<Entry> own(Entry host, String key) {
        List<Entry> own = new ArrayList<>(host.all(key));
        return own.isEmpty() ? root.all(key) : own;
    }

    private CertificateConfig certificate(
            Values values, Entry host, HostConfig names, Entry certificate, List<Entry> keys) {
        Path file = reading.path(certificate.value());
        Path key = keys.isEmpty() ? file : reading.path(keys.get(0).value());
        List<String> wrong = PemFile.certificateProblems(file);
        wrong.forEach(expected -> values.bad(certificate, expected));
        Entry keyEntry = keys.isEmpty() ? certificate : keys.get(0);
        if (wrong.isEmpty()) {
            PemFile.pairProblems(file, key)
                    .forEach(expected ->
                            values.bad(keyEntry, keys.isEmpty() ? expected + "; or SSLCertificateKeyFile" : expected));
        }
        return new CertificateConfig(
                hostNames(names),
                file,
                key,
                host.last("sslcertificatechainfile").map(this::chain),
                TlsWords.protocols(values, "sslprotocol"),
                TlsWords.ciphers(own(host, "sslciphersuite"), reading.problems()),
                values.flag("sslhonorcipherorder", false),
                certificate.source());
    }

    private Path chain(Entry entry) {
        Path chain = reading.path(entry.value());
        PemFile.certificateProblems(chain).forEach(expected -> Values.bad(reading.problems(), entry, expected));
        return chain;
    }

    private static List<String> hostNames(HostConfig host) {
        List<String> all = new ArrayList<>();
        if (!host.serverName().isEmpty()) {
            all.add(host.serverName());
        }
        all.addAll(host.serverAliases());
        return all;
    }
}
