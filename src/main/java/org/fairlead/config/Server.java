package org.fairlead.config;

import java.util.Optional;

/**
 * The main server or one virtual host while it is being read.
 *
 * @param entry its node of the tree
 * @param main the main server, for a virtual host
 * @param workers its own balancers and lone members
 * @param members turns its members into records
 * @param tls how it trusts its members
 * @param routes its routes and those of its locations, whose balancers are not named yet
 */
record Server(
        Entry entry,
        Optional<Server> main,
        WorkerTable workers,
        MemberReader members,
        MemberTlsReader tls,
        RouteDrafts routes) {
    /** The label that distinguishes this server in a balancer's name. */
    String label() {
        String name = entry.text("servername");
        if (!name.isEmpty()) {
            return name;
        }
        return entry.has("address") ? entry.text("address") : "main";
    }

    /** {@code BalancerInherit} and {@code ProxyPassInherit}, which turns the former off as well. */
    boolean inheritsBalancers() {
        return inherits("balancerinherit") && inheritsRoutes();
    }

    boolean inheritsRoutes() {
        return inherits("proxypassinherit");
    }

    private boolean inherits(String key) {
        return main.isPresent()
                && entry.last(key)
                        .or(() -> main.get().entry.last(key))
                        .flatMap(e -> Values.flagOf(e.value()))
                        .orElse(true);
    }
}
