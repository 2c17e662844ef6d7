package org.fairlead.connector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.fairlead.model.CertificateConfig;
import org.fairlead.route.HostNames;

/**
 * The TLS hosts of one listener. A client is shown the one whose name it sends (SNI), found as requests find theirs, else
 * the first. Immutable.
 */
final class TlsHosts {
    /**
     * Of TLS 1.2 those with forward secrecy and authenticated encryption (RFC 9325 4.2): no CBC, whose padding has been
     * attacked again and again (Lucky 13, POODLE). All suites of TLS 1.3 are of that kind.
     */
    private static final String DEFAULT_CIPHERS =
            "HIGH:!aNULL:!eNULL:!kRSA:!DH:!PSK:!SHA1:!SHA256:!SHA384:!AESCCM:!ARIA"
                    + ":!ECDH-RSA-AES256-GCM-SHA384:!ECDH-ECDSA-AES256-GCM-SHA384"
                    + ":!ECDH-RSA-AES128-GCM-SHA256:!ECDH-ECDSA-AES128-GCM-SHA256";

    /** Tomcat's name for the host that answers clients without SNI or with an unknown one. */
    private static final String DEFAULT_HOST = "_default_";

    private final Map<String, TlsHost> byKey = new LinkedHashMap<>();
    private final List<String> keys;
    private final HostNames names;
    private final List<SSLHostConfig> configs;

    /**
     * Reads their files.
     *
     * @throws IllegalArgumentException if those of one cannot serve
     */
    TlsHosts(List<CertificateConfig> certificates) {
        for (CertificateConfig certificate : certificates) {
            byKey.put(key(certificate), new TlsHost(certificate));
        }
        keys = List.copyOf(byKey.keySet());
        names = new HostNames(
                certificates.stream().map(CertificateConfig::hostNames).toList());
        configs = byKey.entrySet().stream()
                .map(host -> hostConfig(host.getKey(), host.getValue()))
                .toList();
    }

    private String key(CertificateConfig certificate) {
        if (byKey.isEmpty()) {
            return DEFAULT_HOST;
        }
        String name = certificate.hostNames().stream().findFirst().orElse("host");
        return byKey.containsKey(name) ? name + "-" + (byKey.size() + 1) : name;
    }

    /** As Tomcat wants to have them, the default first. */
    List<SSLHostConfig> configs() {
        return configs;
    }

    /**
     * Returns what Tomcat calls the host for a client.
     *
     * @param name what the client has sent; empty = nothing
     */
    String key(String name) {
        return keys.get(name.isEmpty() ? 0 : names.find(name).orElse(0));
    }

    TlsHost host(String key) {
        return byKey.get(key);
    }

    private static SSLHostConfig hostConfig(String name, TlsHost tls) {
        CertificateConfig config = tls.config();
        SSLHostConfig host = new SSLHostConfig();
        host.setHostName(name);
        host.setProtocols(String.join("+", config.protocols()));
        host.setCiphers(config.ciphers().isEmpty() ? DEFAULT_CIPHERS : config.ciphers());
        if (!config.groups().isEmpty()) {
            host.setGroups(String.join(",", config.groups()));
        }
        host.setHonorCipherOrder(config.honorCipherOrder());
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        // Tomcat only tells of the files; what they hold is read, checked and watched by the host's own context.
        certificate.setCertificateFile(config.certificateFile().toString());
        certificate.setCertificateKeyFile(config.keyFile().toString());
        config.chainFile().ifPresent(file -> certificate.setCertificateChainFile(file.toString()));
        certificate.setSslContext(tls);
        host.addCertificate(certificate);
        return host;
    }
}
