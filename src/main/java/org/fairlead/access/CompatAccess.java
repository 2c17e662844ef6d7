package org.fairlead.access;

import java.util.ArrayList;
import java.util.List;
import org.fairlead.expression.Subnet;
import org.fairlead.model.CompatAccessConfig;
import org.fairlead.model.CompatAccessConfig.Origin;
import org.fairlead.model.Methods;

/** {@code Order}, {@code Allow}, {@code Deny} and {@code Satisfy}, prepared. Thread-safe. */
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
    private record Named(Origin origin, Methods methods, Test test) {}

    private interface Test {
        boolean isFor(Client client);
    }

    private static List<Named> named(List<Origin> origins) {
        List<Named> named = new ArrayList<>();
        for (Origin origin : origins) {
            named.add(new Named(origin, origin.methods(), test(origin)));
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
            case ALLOW_DENY -> anyOf("Allow", allows, client) && !anyOf("Deny", denies, client);
            case DENY_ALLOW -> !anyOf("Deny", denies, client) || anyOf("Allow", allows, client);
            case MUTUAL_FAILURE -> anyOf("Allow", allows, client) && !anyOf("Deny", denies, client);
        };
    }

    private static boolean anyOf(String word, List<Named> named, Client client) {
        for (Named one : named) {
            if (one.methods().contains(client.method()) && one.test().isFor(client)) {
                if (client.trace().isOn()) {
                    client.trace()
                            .say(one.origin().source(), word + " from " + words(one.origin()) + ": names the client");
                }
                return true;
            }
        }
        return false;
    }

    private static String words(Origin origin) {
        return switch (origin.kind()) {
            case ALL -> "all";
            case ENV -> "env=" + origin.value();
            case NO_ENV -> "env=!" + origin.value();
            case IP, HOST -> origin.value();
        };
    }

    /** Whether the client's address alone is enough ({@code Satisfy Any}). */
    boolean isEnough(Client client) {
        return config.satisfiesAny(client.method());
    }
}
