package org.fairlead.config;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes of one server until its balancers have their names. Not thread-safe. */
final class RouteDrafts {
    private final List<RouteDraft> ofHost = new ArrayList<>();
    private final List<RewriteDraft> rewrites = new ArrayList<>();
    private final Map<Entry, RouteDraft> ofLocations = new IdentityHashMap<>();

    void add(RewriteDraft rule) {
        rewrites.add(rule);
    }

    /** The server's {@code RewriteRule}s in order. */
    List<RewriteDraft> rewrites() {
        return rewrites;
    }

    void add(RouteDraft route) {
        ofHost.add(route);
    }

    void add(Entry location, RouteDraft route) {
        ofLocations.put(location, route);
    }

    List<RouteDraft> ofHost() {
        return ofHost;
    }

    Optional<RouteDraft> of(Entry location) {
        return Optional.ofNullable(ofLocations.get(location));
    }
}
