package org.fairlead.access;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Port to the names of hosts. Blocks, for a bounded time; thread-safe. */
public interface NameService {
    /** The reverse DNS name of an address, unconfirmed; empty if it has none, or the name service was silent. */
    Optional<String> name(InetAddress address);

    /** The addresses of a name; empty if it has none, or the name service was silent. */
    List<InetAddress> addresses(String name);
}
