package org.fairlead.runtime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.fairlead.model.CertificateConfig;
import org.fairlead.model.HostConfig;
import org.fairlead.model.ListenerConfig;
import org.fairlead.model.ProxyConfig;
import org.fairlead.operations.CertificateSnapshot;
import org.fairlead.operations.EventLog;
import org.fairlead.tls.DistinguishedName;

/**
 * Snapshots of the certificates that hosts send. A file is read again when it has changed; a private key in it is not
 * read. Thread-safe.
 */
final class Certificates {
    private static final System.Logger LOG = System.getLogger(Certificates.class.getName());

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";
    private static final int LONGEST_FILE = 1 << 20;
    /** The console warns from then on as well. */
    private static final Duration SOON = Duration.ofDays(14);

    private final Map<Path, Known> known = new ConcurrentHashMap<>();
    private final Map<Path, String> told = new ConcurrentHashMap<>();
    private final EventLog events;

    private record Known(FileTime changed, Optional<X509Certificate> leaf) {}

    /** @param events is told when a certificate is replaced, ends soon, or has ended */
    Certificates(EventLog events) {
        this.events = events;
    }

    /** Returns one entry for each certificate of a host or listener, in configuration order. */
    List<CertificateSnapshot> of(ProxyConfig config) {
        Map<Path, CertificateConfig> shown = new LinkedHashMap<>();
        Map<Path, String> hosts = new LinkedHashMap<>();
        Stream.concat(Stream.of(config.mainHost()), config.virtualHosts().stream())
                .forEach(host -> host.tls().ifPresent(tls -> add(tls, host, shown, hosts)));
        config.listeners().stream()
                .map(ListenerConfig::certificates)
                .flatMap(List::stream)
                .forEach(tls -> shown.putIfAbsent(tls.certificateFile(), tls));
        known.keySet().retainAll(shown.keySet());
        told.keySet().retainAll(shown.keySet());
        List<CertificateSnapshot> all = new ArrayList<>();
        shown.forEach((file, tls) -> leaf(file)
                .map(leaf -> snapshot(leaf, file, hosts.getOrDefault(file, ""), tls))
                .ifPresent(all::add));
        return all;
    }

    private static void add(
            CertificateConfig tls, HostConfig host, Map<Path, CertificateConfig> shown, Map<Path, String> hosts) {
        shown.putIfAbsent(tls.certificateFile(), tls);
        hosts.putIfAbsent(tls.certificateFile(), host.serverName());
    }

    private Optional<X509Certificate> leaf(Path file) {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            Known before = known.get(file);
            if (before == null || !before.changed().equals(changed)) {
                boolean replaced = before != null;
                before = new Known(changed, read(file));
                known.put(file, before);
                if (replaced && before.leaf().isPresent()) {
                    add(file, "replaced; valid until " + end(before.leaf().get()));
                }
            }
            before.leaf().ifPresent(leaf -> tellEnd(file, leaf));
            return before.leaf();
        } catch (IOException | CertificateException e) {
            LOG.log(System.Logger.Level.DEBUG, "certificate " + file + " cannot be shown", e);
            return Optional.empty();
        }
    }

    private static Instant end(X509Certificate leaf) {
        return leaf.getNotAfter().toInstant();
    }

    /** Tells once that a certificate ends soon, and once that it has ended. */
    private void tellEnd(Path file, X509Certificate leaf) {
        Instant now = Instant.now();
        String text = end(leaf).isBefore(now) ? "ended at " : "ends at ";
        if (end(leaf).isBefore(now.plus(SOON)) && !(text + end(leaf)).equals(told.put(file, text + end(leaf)))) {
            add(file, text + end(leaf));
        }
    }

    private void add(Path file, String text) {
        events.add(EventLog.Kind.CERTIFICATE, file.toString(), text);
    }

    private static Optional<X509Certificate> read(Path file) throws IOException, CertificateException {
        if (Files.size(file) > LONGEST_FILE) {
            return Optional.empty();
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END, Math.max(0, begin));
        if (begin < 0 || end < 0) {
            return Optional.empty();
        }
        byte[] block = text.substring(begin, end + END.length()).getBytes(StandardCharsets.ISO_8859_1);
        return Optional.of((X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block)));
    }

    private static CertificateSnapshot snapshot(X509Certificate leaf, Path file, String host, CertificateConfig tls) {
        return new CertificateSnapshot(
                host,
                file.toString(),
                DistinguishedName.subject(leaf),
                DistinguishedName.issuer(leaf),
                names(leaf),
                leaf.getNotBefore().toInstant(),
                leaf.getNotAfter().toInstant(),
                tls.source());
    }

    private static List<String> names(X509Certificate leaf) {
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.size() > 1 && name.get(1) instanceof String)
                            .map(name -> (String) name.get(1))
                            .toList();
        } catch (CertificateException e) {
            return List.of();
        }
    }
}
