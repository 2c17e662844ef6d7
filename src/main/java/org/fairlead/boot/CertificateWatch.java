package org.fairlead.boot;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.fairlead.health.DaemonThreads;

/**
 * Looks every second whether files of the TLS hosts have changed that are listened for now, so that a renewed certificate
 * is shown without a restart. Owns the daemon thread {@code fairlead-certificate-watch}.
 */
final class CertificateWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CertificateWatch.class.getName());

    private final Supplier<Connector[]> connectors;
    private final ScheduledExecutorService thread;

    /** @param connectors those that are open now */
    CertificateWatch(Supplier<Connector[]> connectors) {
        this.connectors = connectors;
        this.thread = Executors.newSingleThreadScheduledExecutor(DaemonThreads.called("fairlead-certificate-watch"));
    }

    static CertificateWatch start(Supplier<Connector[]> connectors) {
        CertificateWatch watch = new CertificateWatch(connectors);
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
