package org.fairlead.operations;

import java.util.Optional;
import org.fairlead.counters.TrafficSnapshot;
import org.fairlead.model.Source;

/**
 * A route of a host at one moment.
 *
 * @param path of {@code ProxyPass} as written; {@code RewriteRule} for what rules proxy; empty for requests without a
 *     route
 * @param balancer where it leads, a key of {@link ServerSnapshot#balancer}; empty = to none, or it was removed
 * @param plain requests over plain connections
 * @param secure requests over TLS
 * @param source where it is configured
 */
public record RouteSnapshot(
        String path, Optional<String> balancer, TrafficSnapshot plain, TrafficSnapshot secure, Source source) {
    /** Returns both together. */
    public TrafficSnapshot traffic() {
        return plain.plus(secure);
    }
}
