package org.fairlead.config;

import java.util.Locale;
import java.util.Optional;
import org.fairlead.model.ClientCertificates;
import org.fairlead.model.ClientCertificates.Verify;
import org.fairlead.model.RevocationConfig;
import org.fairlead.tls.PemFile;

/** Reads whether a host asks its clients for certificates, and checks the files with which it verifies them. */
final class ClientCertificatesReader {
    private static final int MAX_VERIFY_DEPTH = 100;

    private final Values values;
    private final Reading reading;
    private final PemPaths paths;

    /** @param values of the host and, below them, those that it inherits */
    ClientCertificatesReader(Values values, Reading reading) {
        this.values = values;
        this.reading = reading;
        this.paths = new PemPaths(values, reading);
    }

    ClientCertificates read() {
        Verify verify = verify();
        RevocationConfig revocation = new RevocationReader(values, reading, "SSL").ofClients();
        ClientCertificates clients = new ClientCertificates(
                verify,
                values.integer("sslverifydepth", 0, MAX_VERIFY_DEPTH, ClientCertificates.NONE.depth()),
                paths.path("sslcacertificatefile", PemFile::certificateProblems),
                paths.path("sslcacertificatepath", folder -> PemPaths.problems(() -> PemFile.folder(folder))),
                paths.path("sslcadnrequestfile", PemFile::certificateProblems),
                revocation.file(),
                revocation.path(),
                revocation.check());
        boolean judges = verify == Verify.REQUIRE || verify == Verify.OPTIONAL;
        boolean knowsNobody =
                clients.authorityFile().isEmpty() && clients.authorityPath().isEmpty();
        if (judges && knowsNobody) {
            paths.tell(
                    "sslverifyclient",
                    "SSLCACertificateFile or SSLCACertificatePath with it, or no certificate is good");
        }
        return clients.asks() ? clients : ClientCertificates.NONE;
    }

    private Verify verify() {
        Optional<Entry> entry = values.entry("sslverifyclient");
        return switch (entry.map(e -> e.value().strip().toLowerCase(Locale.ROOT))
                .orElse("none")) {
            case "none" -> Verify.NONE;
            case "optional" -> Verify.OPTIONAL;
            case "require" -> Verify.REQUIRE;
            case "optional_no_ca" -> Verify.OPTIONAL_NO_CA;
            default -> {
                paths.tell("sslverifyclient", "none, optional, require or optional_no_ca");
                yield Verify.REQUIRE;
            }
        };
    }
}
