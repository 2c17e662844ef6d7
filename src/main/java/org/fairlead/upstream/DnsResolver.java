package org.fairlead.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import javax.naming.CompositeName;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.fairlead.health.Resolver;

/**
 * A resolver over the system for addresses, so that its hosts file counts, and over a name server for SRV records. The
 * system's own lookup does not know these; the JDK's DNS provider uses the name server of the system's configuration.
 *
 * <p>In a container the JVM keeps an address for as long as {@code networkaddress.cache.ttl} says (30 s), so nothing
 * changes sooner; see {@link JvmAddressCache}.
 */
public final class DnsResolver implements Resolver {
    private static final int FIELDS = 4;

    private final String server;

    /** A resolver that queries the name servers of the system's configuration. */
    public DnsResolver() {
        this("dns:");
    }

    /** @param server a URL as {@code dns://127.0.0.1:5353} */
    DnsResolver(String server) {
        this.server = server;
    }

    @Override
    public List<InetAddress> addresses(String host) throws IOException {
        return List.of(InetAddress.getAllByName(host));
    }

    @Override
    public List<Service> services(String name) throws IOException {
        try {
            InitialDirContext context = new InitialDirContext(environment());
            try {
                Attribute records = context.getAttributes(new CompositeName().add(name), new String[] {"SRV"})
                        .get("SRV");
                if (records == null) {
                    throw new IOException(name + ": no SRV record");
                }
                List<Service> services = new ArrayList<>();
                for (int i = 0; i < records.size(); i++) {
                    services.add(service(name, records.get(i).toString()));
                }
                return services;
            } finally {
                context.close();
            }
        } catch (NamingException e) {
            throw new IOException(name + ": no SRV record: " + e.getMessage(), e);
        }
    }

    private Hashtable<String, String> environment() {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, server);
        // Two tries of two and four seconds, then the lookup fails.
        environment.put("com.sun.jndi.dns.timeout.initial", "2000");
        environment.put("com.sun.jndi.dns.timeout.retries", "2");
        return environment;
    }

    /** Parses {@code priority weight port host.}, as the provider writes a record. */
    private static Service service(String name, String record) throws IOException {
        String[] fields = record.split(" ");
        if (fields.length != FIELDS) {
            throw new IOException(name + ": SRV record '" + record + "'");
        }
        String host = fields[3].endsWith(".") ? fields[3].substring(0, fields[3].length() - 1) : fields[3];
        try {
            return new Service(
                    Integer.parseInt(fields[0]),
                    Integer.parseInt(fields[1]),
                    host.toLowerCase(Locale.ROOT),
                    Integer.parseInt(fields[2]));
        } catch (NumberFormatException e) {
            throw new IOException(name + ": SRV record '" + record + "'", e);
        }
    }
}
