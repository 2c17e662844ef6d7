package org.fairlead.model;

import java.util.List;

/**
 * One place where connections are accepted ({@code Listen}). The jar opens it; in a container it is the container's.
 *
 * @param address address to bind, without brackets; empty = all addresses
 * @param port 0 (any free port, for tests) to 65535
 * @param certificates empty = plain HTTP; else one for each TLS host on this port, the first being the default for
 *     clients that send no name (SNI) or an unknown one
 */
public record ListenerConfig(String address, int port, List<CertificateConfig> certificates, Source source) {
    public ListenerConfig {
        Check.range("Listen", port, 0, 65535);
        certificates = List.copyOf(certificates);
    }

    public boolean isSecure() {
        return !certificates.isEmpty();
    }
}
