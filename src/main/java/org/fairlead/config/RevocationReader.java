package org.fairlead.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.fairlead.model.ClientCertificates.Revocation;
import org.fairlead.model.RevocationConfig;
import org.fairlead.tls.PemException;
import org.fairlead.tls.PemFile;

/** Reads whether certificates are looked up in revocation lists: {@code SSLCARevocation…}, {@code SSLProxyCARevocation…}. */
final class RevocationReader {
    private final Values values;
    private final Reading reading;
    private final String prefix;

    /** @param prefix of the directives: {@code SSL} for clients, {@code SSLProxy} for members */
    RevocationReader(Values values, Reading reading, String prefix) {
        this.values = values;
        this.reading = reading;
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
        Optional<Path> file = path("File", list -> problems(() -> PemFile.revocations(list)));
        Optional<Path> folder = path("Path", lists -> problems(() -> PemFile.revocationFolder(lists)));
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
        values.entry(key(end)).ifPresent(e -> values.bad(e, expected));
    }

    private Optional<Path> path(String end, Function<Path, List<String>> problems) {
        Optional<Path> path = values.entry(key(end)).map(e -> reading.path(e.value()));
        path.ifPresent(at -> problems.apply(at).forEach(expected -> tell(end, expected)));
        return path;
    }

    private interface Look {
        Object at() throws PemException;
    }

    private static List<String> problems(Look look) {
        try {
            look.at();
            return List.of();
        } catch (PemException expected) {
            return List.of(expected.getMessage());
        }
    }

    /** What a host says of its clients. */
    RevocationConfig ofClients() {
        return read();
    }
}
