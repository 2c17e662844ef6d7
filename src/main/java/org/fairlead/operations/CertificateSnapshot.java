package org.fairlead.operations;

import java.time.Instant;
import java.util.List;
import org.fairlead.model.Source;

/**
 * A certificate that a host or listener sends.
 *
 * @param host {@code ServerName} of the host; empty = it has none
 * @param file the file it was read from
 * @param subject its distinguished name (RFC 2253)
 * @param issuer its issuer's
 * @param names DNS names and addresses that it is for
 * @param notBefore since when it is valid
 * @param notAfter until when
 * @param source where it is configured
 */
public record CertificateSnapshot(
        String host,
        String file,
        String subject,
        String issuer,
        List<String> names,
        Instant notBefore,
        Instant notAfter,
        Source source) {
    public CertificateSnapshot {
        names = List.copyOf(names);
    }
}
