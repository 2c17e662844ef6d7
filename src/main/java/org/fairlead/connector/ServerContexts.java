package org.fairlead.connector;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.fairlead.model.CertificateConfig;

/**
 * Factory of the JDK's TLS contexts with settings that only system properties can express. The JDK reads them when a
 * context is made (seen in 17 to 25), so each host has its own. Meanwhile only contexts of servers would notice, and
 * those are made here.
 */
final class ServerContexts {
    private static final String TICKETS = "jdk.tls.server.enableSessionTicketExtension";
    private static final String STAPLING = "jdk.tls.server.enableStatusRequestExtension";

    private ServerContexts() {}

    /** A context that is not initialized yet. */
    static SSLContext create(CertificateConfig config) throws GeneralSecurityException {
        synchronized (ServerContexts.class) {
            Optional<String> tickets = Optional.ofNullable(System.getProperty(TICKETS));
            Optional<String> stapling = Optional.ofNullable(System.getProperty(STAPLING));
            try {
                if (!config.sessionTickets()) {
                    System.setProperty(TICKETS, "false");
                }
                if (config.stapling()) {
                    System.setProperty(STAPLING, "true");
                }
                return SSLContext.getInstance("TLS");
            } finally {
                restore(TICKETS, tickets);
                restore(STAPLING, stapling);
            }
        }
    }

    private static void restore(String name, Optional<String> value) {
        value.ifPresentOrElse(v -> System.setProperty(name, v), () -> System.clearProperty(name));
    }
}
