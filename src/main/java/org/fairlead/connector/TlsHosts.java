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
        if (!config.groups().isEmpty()) {
            host.setGroups(String.join(",", config.groups()));
        }
        host.setHonorCipherOrder(config.honorCipherOrder());
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        // Tomcat only tells of the files; what they hold is read, checked and watched by the host's own context.
        certificate.setCertificateFile(config.certificateFile().toString());
        certificate.setCertificateKeyFile(config.pairs().get(0).key().toString());
        config.chainFile().ifPresent(file -> certificate.setCertificateChainFile(file.toString()));
        certificate.setSslContext(tls);
        host.addCertificate(certificate);
        return host;
    }
}
