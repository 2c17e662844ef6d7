package org.fairlead.access;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Port to the names of hosts. Blocks, for a bounded time; thread-safe. */
public interface NameService {
    /** The name that an address says it has, unconfirmed; empty if it has none, or nobody answered in time. */
    Optional<String> name(InetAddress address);

    /** The addresses of a name; empty if it has none, or nobody answered in time. */
    List<InetAddress> addresses(String name);
}
