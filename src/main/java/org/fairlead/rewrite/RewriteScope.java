package org.fairlead.rewrite;

import java.util.List;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.expression.ServerIdentity;
import org.fairlead.http.HostPattern;

/** The names of a host: a rule's URL is compared to them, and its path is made absolute with them. Immutable. */
final class RewriteScope {
    private final List<HostPattern> names;

    /** @param names {@code ServerName} and {@code ServerAlias}, lower case; {@code *} and {@code ?} stand for text */
    RewriteScope(List<String> names) {
        this.names = names.stream().map(HostPattern::new).toList();
    }

    /** The path as an absolute URL of this host, in the client's form. */
    String qualified(RewriteState run) {
        ServerIdentity server = run.variables().server();
        String path = run.path().startsWith("/") ? run.path() : "/" + run.path();
        return server.scheme(run.exchange().connection()) + "://" + server.authority(run.exchange())
                + run.exchange().mountPath() + path;
    }

    /** Takes scheme and authority off a URL that is this host's own, so that it is a local path. */
    void reduce(RewriteState run) {
        ClientConnection connection = run.exchange().connection();
        ServerIdentity server = run.variables().server();
        String prefix = server.scheme(connection) + "://";
        String url = run.path();
        if (!url.regionMatches(true, 0, prefix, 0, prefix.length())) {
            return;
        }
        int slash = url.indexOf('/', prefix.length());
        String authority = url.substring(prefix.length(), slash < 0 ? url.length() : slash);
        int colon = authority.indexOf(':');
        int port = colon < 0 ? server.standardPort(connection) : ConditionTest.number(authority.substring(colon + 1));
        String host = Maps.lower(colon < 0 ? authority : authority.substring(0, colon));
        boolean own = port == connection.localPort() || server.port() > 0 && port == server.port();
        if (own && names.stream().anyMatch(name -> name.matches(host))) {
            run.reduce(slash < 0 ? "/" : url.substring(slash));
        }
    }
}
