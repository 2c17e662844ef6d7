package org.fairlead.balancer;

import org.fairlead.exchange.ClientConnection;
import org.fairlead.http.RequestHead;
import org.fairlead.model.BalancerConfig.HashKey;

/** Reads the key for {@code lbmethod=hash}. */
final class HashKeys {
    private HashKeys() {}

    /** Returns the key; empty where the request has none. */
    static String of(HashKey key, RequestHead request, ClientConnection client) {
        return switch (key.kind()) {
            case ADDRESS -> client.clientAddress();
            case PATH -> request.target().path();
            case HEADER -> request.headers().first(key.name()).orElse("");
            case COOKIE -> StickySession.cookie(request.headers(), key.name()).orElse("");
        };
    }
}
