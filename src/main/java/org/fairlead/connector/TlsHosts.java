package org.fairlead.connector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.fairlead.model.CertificateConfig;
import org.fairlead.route.HostNames;

/**
 * TLS hosts of one listener. A client is shown the host whose name it sends (SNI), found by the same rules as for
 * requests, else the first. Immutable.
 */
final class TlsHosts {
    /** Tomcat's name of the host for clients without SNI or with an unknown name. */
    private static final String DEFAULT_HOST = "_default_";

    private final Map<String, TlsHost> byKey = new LinkedHashMap<>();
    private final List<String> keys;
    private final HostNames names;
    private final List<SSLHostConfig> configs;

    /**
     * Reads the files of all hosts.
     *
     * @throws IllegalArgumentException if those of one are invalid
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

    /** Tomcat's configurations of the hosts, the default first. */
    List<SSLHostConfig> configs() {
        return configs;
    }

    /**
     * Returns Tomcat's name of the host for a client.
     *
     * @param name the name that the client has sent; empty = none
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
        // Tomcat only names the files; the host's own context reads, checks and watches them.
        certificate.setCertificateFile(config.certificateFile().toString());
        certificate.setCertificateKeyFile(config.pairs().get(0).key().toString());
        config.chainFile().ifPresent(file -> certificate.setCertificateChainFile(file.toString()));
        certificate.setSslContext(tls);
        host.addCertificate(certificate);
        return host;
    }
}
