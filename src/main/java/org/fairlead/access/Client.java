package org.fairlead.access;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.fairlead.exchange.DecisionTrace;
import org.fairlead.exchange.Exchange;
import org.fairlead.expression.ExchangeVariables;
import org.fairlead.expression.ServerIdentity;
import org.fairlead.expression.Variables;

/** Who asks, as far as it is known by now. What takes a look-up is looked up when a rule wants it. One thread's. */
final class Client {
    private final Exchange exchange;
    private final HostNames names;
    private final Variables variables;
    private final Optional<Path> groupFile;
    private final Groups groups;
    private Optional<String> user = Optional.empty();

    Client(Exchange exchange, ServerIdentity server, HostNames names, Optional<Path> groupFile, Groups groups) {
        this.exchange = exchange;
        this.names = names;
        this.variables = ExchangeVariables.of(exchange, server);
        this.groupFile = groupFile;
        this.groups = groups;
    }

    /** The groups of users by file. */
    interface Groups {
        /** Those that a file says a user is in; empty where the file cannot be read. */
        Set<String> of(Path file, String user);
    }

    DecisionTrace trace() {
        return exchange.trace();
    }

    String address() {
        return exchange.connection().clientAddress();
    }

    String localAddress() {
        return exchange.connection().localAddress();
    }

    String method() {
        return exchange.request().method();
    }

    boolean isSecure() {
        return exchange.connection().secure();
    }

    /** Whether it has shown a certificate that an authority of ours has issued. */
    boolean isVerified() {
        return exchange.connection().secure()
                && exchange.tlsVariable("SSL_CLIENT_VERIFY").orElse("").equals("SUCCESS");
    }

    boolean hasVariable(String name) {
        return exchange.environment().isSet(name);
    }

    Variables variables() {
        return variables;
    }

    Optional<String> hostName() {
        return names.confirmed(address());
    }

    boolean isNamed(String host) {
        return names.leadsTo(host, address());
    }

    /** Who the client has shown to be; empty as long as nobody asked, or it has shown nothing. */
    Optional<String> user() {
        return user;
    }

    /** The user is known now: rules and members' headers see it as {@code REMOTE_USER}. */
    void is(String name) {
        user = Optional.of(name);
        exchange.environment().set("REMOTE_USER", name);
    }

    Set<String> userGroups() {
        return groupFile.isEmpty() || user.isEmpty() ? Set.of() : groups.of(groupFile.get(), user.get());
    }
}
