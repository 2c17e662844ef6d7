package org.fairlead.boot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    }

    private String key(CertificateConfig certificate) {
        if (byKey.isEmpty()) {
            return DEFAULT_HOST;
        }
        String name = certificate.hostNames().stream().findFirst().orElse("host");
        return byKey.containsKey(name) ? name + "-" + (byKey.size() + 1) : name;
    }

    /** By what Tomcat shall call them, the default first. */
    Map<String, TlsHost> all() {
        return Collections.unmodifiableMap(byKey);
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
}
