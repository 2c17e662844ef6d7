package org.fairlead.route;

import java.util.Optional;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.model.HostConfig;

/** A cache of a host's last pseudonym, since most connections come to the same address. Thread-safe. */
final class PseudonymCache {
    private volatile Named last = new Named("", 0, false, Optional.empty());

    private record Named(String address, int port, boolean secure, Optional<Pseudonym> pseudonym) {}

    /** The host's pseudonym on a connection, see {@link Pseudonym#of}. */
    Pseudonym of(HostConfig config, String name, ClientConnection client) {
        Named known = last;
        if (known.pseudonym.isPresent()
                && known.port == client.localPort()
                && known.secure == client.secure()
                && known.address.equals(client.localAddress())) {
            return known.pseudonym.get();
        }
        Pseudonym pseudonym = Pseudonym.of(config, name, client);
        last = new Named(client.localAddress(), client.localPort(), client.secure(), Optional.of(pseudonym));
        return pseudonym;
    }
}
