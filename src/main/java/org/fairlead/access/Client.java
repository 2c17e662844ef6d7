package org.fairlead.access;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.fairlead.exchange.DecisionTrace;
import org.fairlead.exchange.Exchange;
import org.fairlead.expression.ExchangeVariables;
import org.fairlead.expression.ServerIdentity;
import org.fairlead.expression.Variables;

/** The client as known so far. Facts that need a lookup are looked up when a rule wants them. For one thread. */
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
        /** The groups that a file lists for a user; empty where the file cannot be read. */
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

    /** Whether the client has presented a certificate that an authority of ours has issued. */
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

    /** The authenticated user; empty before authentication, or if the client has sent no credentials. */
    Optional<String> user() {
        return user;
    }

    /** Sets the authenticated user: rules and members' headers see it as {@code REMOTE_USER}. */
    void is(String name) {
        user = Optional.of(name);
        exchange.environment().set("REMOTE_USER", name);
    }

    /** Sets {@code AUTH_TYPE} for rules and members' headers. */
    void authenticatedBy(String type) {
        exchange.environment().set("AUTH_TYPE", type);
    }

    Set<String> userGroups() {
        return groupFile.isEmpty() || user.isEmpty() ? Set.of() : groups.of(groupFile.get(), user.get());
    }
}
