package org.fairlead.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.model.CertificateConfig;
import org.fairlead.model.PassPhrase;

/** Reads the certificate that a host shows, and looks at its files now, so that a start does not fail half-way. */
final class CertificateReader {
    private static final String EXEC = "exec:";
    private static final String FILE = "file:";

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
        Path file = reading.path(certificates.get(0).value());
        List<Entry> lines = new ArrayList<>(root.all("sslopensslconfcmd"));
        if (host != root) {
            lines.addAll(host.all("sslopensslconfcmd"));
        }
        OpenSslCommands commands = new OpenSslCommands(
                        TlsWords.protocols(values, "sslprotocol"),
                        TlsWords.ciphers(own(host, "sslciphersuite"), reading.problems()),
                        reading.problems())
                .read(lines);
        CertificateConfig config = new CertificateConfig(
                names,
                port,
                file,
                keys.isEmpty() ? file : reading.path(keys.get(0).value()),
                host.last("sslcertificatechainfile").map(this::chain),
                root.last("sslpassphrasedialog").map(this::passPhrase).orElse(new PassPhrase.None()),
                commands.protocols(),
                commands.ciphers(),
                commands.groups(),
                values.flag("sslhonorcipherorder", false),
                values.flag("sslsessiontickets", true),
                values.flag("sslusestapling", false),
                new ClientCertificatesReader(values, reading).read(),
                certificates.get(0).source());
        check(config, certificates.get(0), keys, values);
        return Optional.of(config);
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

    private static void check(CertificateConfig config, Entry certificate, List<Entry> keys, Values values) {
        List<String> wrong = PemFile.certificateProblems(config.certificateFile());
        wrong.forEach(expected -> values.bad(certificate, expected));
        if (wrong.isEmpty()) {
            PemFile.pairProblems(config.certificateFile(), config.keyFile(), TlsFiles.phrase(config))
                    .forEach(expected -> values.bad(
                            keys.isEmpty() ? certificate : keys.get(0),
                            keys.isEmpty() ? expected + "; or SSLCertificateKeyFile" : expected));
        }
    }

    private Path chain(Entry entry) {
        Path chain = reading.path(entry.value());
        PemFile.certificateProblems(chain).forEach(expected -> Values.bad(reading.problems(), entry, expected));
        return chain;
    }

    private PassPhrase passPhrase(Entry entry) {
        String text = entry.value().strip();
        if (text.startsWith(EXEC)) {
            Path program = reading.path(text.substring(EXEC.length()));
            if (!Files.isExecutable(program) || Files.isDirectory(program)) {
                Values.bad(reading.problems(), entry, "a program that may be run: " + program.toAbsolutePath());
            }
            return new PassPhrase.Program(program);
        } else if (text.startsWith(FILE)) {
            Path file = reading.path(text.substring(FILE.length()));
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                Values.bad(reading.problems(), entry, "a file that may be read: " + file.toAbsolutePath());
            }
            return new PassPhrase.File(file);
        } else if (!text.equals("builtin")) {
            Values.bad(reading.problems(), entry, "exec:/path/to/program, file:/path or builtin");
        }
        return new PassPhrase.None();
    }
}
