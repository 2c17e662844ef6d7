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
 * @param proxyProtocol whether connections begin with a PROXY header
 * @param operators whether it serves operators alone: pages, API and metrics of Fairlead, and no member
 */
public record ListenerConfig(
        String address,
        int port,
        List<CertificateConfig> certificates,
        Set<String> protocols,
        ProxyProtocolConfig proxyProtocol,
        boolean operators,
        Source source) {
    /** HTTP/2 where there is TLS. */
    public static final Set<String> DEFAULT_PROTOCOLS = Set.of("h2", "http/1.1");

    public ListenerConfig {
        protocols = Set.copyOf(protocols);
        Check.range("Listen", port, 0, 65535);
        certificates = List.copyOf(certificates);
    }

    /** With the default protocols. */
    public ListenerConfig(String address, int port, List<CertificateConfig> certificates, Source source) {
        this(address, port, certificates, DEFAULT_PROTOCOLS, ProxyProtocolConfig.OFF, false, source);
    }

    /** Whether HTTP/2 is spoken here. */
    public boolean speaksHttp2() {
        return protocols.contains(isSecure() ? "h2" : "h2c");
    }

    public boolean isSecure() {
        return !certificates.isEmpty();
    }

    /** The same wherever it was written: equal for two readings of a file that was edited elsewhere. */
    public ListenerConfig withoutSource() {
        return new ListenerConfig(
                address,
                port,
                certificates.stream().map(CertificateConfig::withoutSource).toList(),
                protocols,
                proxyProtocol,
                operators,
                Source.NONE);
    }

    /** Whether the other one is bound to the same place, whatever is spoken there. */
    public boolean isAtPlaceOf(ListenerConfig other) {
        return address.equals(other.address) && port == other.port;
    }

    /** Whether the other one differs in nothing but in the certificates that it shows. */
    public boolean differsByCertificatesOnly(ListenerConfig other) {
        return isAtPlaceOf(other)
                && isSecure()
                && other.isSecure()
                && protocols.equals(other.protocols)
                && proxyProtocol.equals(other.proxyProtocol)
                && operators == other.operators
                && !withoutSource().equals(other.withoutSource());
    }
}
