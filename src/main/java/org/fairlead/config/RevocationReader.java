package org.fairlead.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.fairlead.model.ClientCertificates.Revocation;
import org.fairlead.model.RevocationConfig;
import org.fairlead.tls.PemFile;

/** Reads whether certificates are looked up in revocation lists: {@code SSLCARevocation…}, {@code SSLProxyCARevocation…}. */
final class RevocationReader {
    private final Values values;
    private final Reading reading;
    private final PemPaths paths;
    private final String prefix;

    /** @param prefix of the directives: {@code SSL} for clients, {@code SSLProxy} for members */
    RevocationReader(Values values, Reading reading, String prefix) {
        this.values = values;
        this.reading = reading;
        this.paths = new PemPaths(values, reading);
        this.prefix = prefix;
    }

    /** @param verify whether members' certificates are judged at all: without that none is looked up, as in httpd */
    RevocationConfig ofMembers(boolean verify) {
        RevocationConfig read = read();
        if (!verify && read.check() != Revocation.NONE) {
            values.entry(key("Check"))
                    .ifPresent(e -> reading.problems()
                            .noEffect(
                                    e.source(), e.spelling() + " does nothing with SSLProxyVerify none, as in httpd"));
            return RevocationConfig.NONE;
        }
        return read.check() == Revocation.NONE ? RevocationConfig.NONE : read;
    }

    private RevocationConfig read() {
        Optional<Path> file = paths.path(key("File"), list -> PemPaths.problems(() -> PemFile.revocations(list)));
        Optional<Path> folder =
                paths.path(key("Path"), lists -> PemPaths.problems(() -> PemFile.revocationFolder(lists)));
        Revocation check = check();
        if (check != Revocation.NONE && file.isEmpty() && folder.isEmpty()) {
            tell(
                    "Check",
                    prefix + "CARevocationFile or " + prefix + "CARevocationPath with it, since without lists no"
                            + " certificate would be accepted; or this line removed");
        }
        if (check == Revocation.NONE) {
            Stream.of("File", "Path")
                    .flatMap(end -> values.entry(key(end)).stream())
                    .forEach(e -> reading.problems()
                            .noEffect(
                                    e.source(),
                                    e.spelling() + " does nothing without " + prefix
                                            + "CARevocationCheck, as in httpd"));
        }
        return new RevocationConfig(check, file, folder);
    }

    /** httpd's flag {@code no_crl_for_cert_ok} would accept what no list is about. */
    private Revocation check() {
        Optional<Entry> entry = values.entry(key("Check"));
        return switch (entry.map(e -> e.value().strip().toLowerCase(Locale.ROOT))
                .orElse("none")) {
            case "none" -> Revocation.NONE;
            case "leaf" -> Revocation.LEAF;
            case "chain" -> Revocation.CHAIN;
            default -> {
                tell("Check", "none, leaf or chain");
                yield Revocation.CHAIN;
            }
        };
    }

    private String key(String end) {
        return (prefix + "CARevocation" + end).toLowerCase(Locale.ROOT);
    }

    private void tell(String end, String expected) {
        paths.tell(key(end), expected);
    }

    /** What a host says of its clients. */
    RevocationConfig ofClients() {
        return read();
    }
}
