package org.fairlead.health;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Port to the name service. Blocks; thread-safe. */
public interface Resolver {
    /**
     * The A and AAAA records of a name, in any order.
     *
     * @throws IOException if there is none, or no answer
     */
    List<InetAddress> addresses(String host) throws IOException;

    /**
     * The SRV records of a name (RFC 2782), in any order.
     *
     * @throws IOException if there is none, or no answer
     */
    List<Service> services(String name) throws IOException;

    /**
     * One SRV record.
     *
     * @param priority 0 to 65535; the lowest is asked first
     * @param weight 0 to 65535; its share among those of one priority
     * @param host where it is; no dot at its end
     * @param port 1 to 65535
     */
    record Service(int priority, int weight, String host, int port) {}
}
