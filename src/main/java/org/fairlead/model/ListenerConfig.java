package org.fairlead.model;

import java.util.List;
import java.util.Set;

/**
 * One place where connections are accepted ({@code Listen}). The jar opens it; in a container it is the container's.
 *
 * @param address address to bind, without brackets; empty = all addresses
 * @param port 0 (any free port, for tests) to 65535
 * @param certificates empty = plain HTTP; else one for each TLS host on this port, the first being the default for
 *     clients that send no name (SNI) or an unknown one
 * @param protocols {@code Protocols}: of h2 (HTTP/2 over TLS), h2c (without) and http/1.1, which is always spoken
 */
public record ListenerConfig(
        String address, int port, List<CertificateConfig> certificates, Set<String> protocols, Source source) {
    /** HTTP/2 where there is TLS. */
    public static final Set<String> DEFAULT_PROTOCOLS = Set.of("h2", "http/1.1");

    public ListenerConfig {
        protocols = Set.copyOf(protocols);
        Check.range("Listen", port, 0, 65535);
        certificates = List.copyOf(certificates);
    }

    /** With the default protocols. */
    public ListenerConfig(String address, int port, List<CertificateConfig> certificates, Source source) {
        this(address, port, certificates, DEFAULT_PROTOCOLS, source);
    }

    /** Whether HTTP/2 is spoken here. */
    public boolean speaksHttp2() {
        return protocols.contains(isSecure() ? "h2" : "h2c");
    }

    public boolean isSecure() {
        return !certificates.isEmpty();
    }
}
