package org.fairlead.health;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Port to the name service. Blocks; thread-safe. */
public interface Resolver {
    /**
     * The A and AAAA records of a name, in any order.
     *
     * @throws IOException if there is none, or the name service is silent
     */
    List<InetAddress> addresses(String host) throws IOException;

    /**
     * The SRV records of a name (RFC 2782), in any order.
     *
     * @throws IOException if there is none, or the name service is silent
     */
    List<Service> services(String name) throws IOException;

    /**
     * One SRV record.
     *
     * @param priority 0 to 65535; the lowest is used first
     * @param weight 0 to 65535; its share among those of one priority
     * @param host its target host; no dot at its end
     * @param port 1 to 65535
     */
    record Service(int priority, int weight, String host, int port) {}
}
