package org.fairlead.connector;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.fairlead.concurrent.DaemonThreads;

/**
 * Poller of the certificate files of all TLS hosts that are open now: once a second it checks for changes. A renewed
 * certificate is so shown without a restart. Owns the daemon thread {@code fairlead-certificate-watch}.
 */
public final class CertificateReloader implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CertificateReloader.class.getName());

    private final Supplier<Connector[]> connectors;
    private final ScheduledExecutorService thread;

    /** @param connectors those that are open now */
    CertificateReloader(Supplier<Connector[]> connectors) {
        this.connectors = connectors;
        this.thread = Executors.newSingleThreadScheduledExecutor(DaemonThreads.called("fairlead-certificate-watch"));
    }

    public static CertificateReloader start(Supplier<Connector[]> connectors) {
        CertificateReloader watch = new CertificateReloader(connectors);
        watch.thread.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
        return watch;
    }

    void look() {
        try {
            hosts().forEach(TlsHost::look);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the certificates could not be looked at", e);
        }
    }

    private Set<TlsHost> hosts() {
        Set<TlsHost> hosts = new LinkedHashSet<>();
        for (Connector connector : connectors.get()) {
            for (SSLHostConfig host : connector.findSslHostConfigs()) {
                for (SSLHostConfigCertificate certificate : host.getCertificates()) {
                    if (certificate.getSslContext() instanceof TlsHost tls) {
                        hosts.add(tls);
                    }
                }
            }
        }
        return hosts;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
