package org.fairlead.access;

import java.util.ArrayList;
import java.util.List;
import org.fairlead.expression.Subnet;
import org.fairlead.model.CompatAccessConfig;
import org.fairlead.model.CompatAccessConfig.Origin;
import org.fairlead.model.Methods;

/** {@code Order}, {@code Allow}, {@code Deny} and {@code Satisfy} made ready. Thread-safe. */
final class CompatAccess {
    private final CompatAccessConfig config;
    private final List<Named> allows;
    private final List<Named> denies;

    CompatAccess(CompatAccessConfig config) {
        this.config = config;
        this.allows = named(config.allows());
        this.denies = named(config.denies());
    }

    /** One word of an Allow or Deny. */
    private record Named(Methods methods, Test test) {}

    private interface Test {
        boolean isFor(Client client);
    }

    private static List<Named> named(List<Origin> origins) {
        List<Named> named = new ArrayList<>();
        for (Origin origin : origins) {
            named.add(new Named(origin.methods(), test(origin)));
        }
        return named;
    }

    private static Test test(Origin origin) {
        String value = origin.value();
        return switch (origin.kind()) {
            case ALL -> client -> true;
            case IP -> {
                Subnet range = Subnet.parse(value).orElseThrow();
                yield client -> range.contains(client.address());
            }
            case HOST ->
                client -> client.hostName()
                        .filter(name -> HostNames.isIn(value, name))
                        .isPresent();
            case ENV -> client -> client.hasVariable(value);
            case NO_ENV -> client -> !client.hasVariable(value);
        };
    }

    boolean letsIn(Client client) {
        return switch (config.order(client.method())) {
            case ALLOW_DENY -> anyOf(allows, client) && !anyOf(denies, client);
            case DENY_ALLOW -> !anyOf(denies, client) || anyOf(allows, client);
            case MUTUAL_FAILURE -> anyOf(allows, client) && !anyOf(denies, client);
        };
    }

    private static boolean anyOf(List<Named> named, Client client) {
        for (Named one : named) {
            if (one.methods().contains(client.method()) && one.test().isFor(client)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the client's place alone is enough ({@code Satisfy Any}). */
    boolean isEnough(Client client) {
        return config.satisfiesAny(client.method());
    }
}
