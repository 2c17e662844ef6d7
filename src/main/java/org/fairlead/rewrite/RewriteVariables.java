package org.fairlead.rewrite;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.fairlead.exchange.Exchange;
import org.fairlead.expression.ExchangeVariables;
import org.fairlead.expression.ServerIdentity;
import org.fairlead.expression.Variables;

/**
 * The variables {@code %{NAME}} of mod_rewrite: those of expressions, the path as the rules have made it so far
 * ({@code REQUEST_FILENAME}) and the query likewise. Variables about files, which do not exist here, are empty. Used by
 * one request's thread.
 */
public final class RewriteVariables implements Variables {
    private static final Set<String> OF_EXCHANGE = Set.of(
            "HTTP_ACCEPT",
            "HTTP_COOKIE",
            "HTTP_FORWARDED",
            "HTTP_HOST",
            "HTTP_PROXY_CONNECTION",
            "HTTP_REFERER",
            "HTTP_USER_AGENT",
            "REQUEST_METHOD",
            "REQUEST_SCHEME",
            "REQUEST_URI",
            "IS_SUBREQ",
            "THE_REQUEST",
            "REMOTE_ADDR",
            "REMOTE_PORT",
            "REMOTE_HOST",
            "REMOTE_USER",
            "AUTH_TYPE",
            "SERVER_NAME",
            "SERVER_PORT",
            "SERVER_PROTOCOL",
            "SERVER_SOFTWARE",
            "HTTPS",
            "IPV6",
            "CONN_REMOTE_ADDR",
            "TIME",
            "TIME_YEAR",
            "TIME_MON",
            "TIME_DAY",
            "TIME_HOUR",
            "TIME_MIN",
            "TIME_SEC",
            "TIME_WDAY");
    /** Variables of the rules' present result, and of the host. */
    private static final Set<String> OWN = Set.of(
            "QUERY_STRING",
            "REQUEST_FILENAME",
            "SCRIPT_FILENAME",
            "DOCUMENT_ROOT",
            "CONTEXT_DOCUMENT_ROOT",
            "SERVER_ADDR");
    /** Known to httpd and always empty here, as it is there for a proxied request. */
    private static final Set<String> EMPTY = Set.of(
            "PATH_INFO",
            "SCRIPT_USER",
            "SCRIPT_GROUP",
            "REMOTE_IDENT",
            "SERVER_ADMIN",
            "CONTEXT_PREFIX",
            "API_VERSION");

    private final Exchange exchange;
    private final ExchangeVariables base;
    private final ServerIdentity server;
    private final String documentRoot;
    private final RewriteState run;

    /** The server's identity. */
    ServerIdentity server() {
        return server;
    }

    RewriteVariables(Exchange exchange, ServerIdentity server, String documentRoot, RewriteState run) {
        this.exchange = exchange;
        this.server = server;
        this.base = ExchangeVariables.of(exchange, server);
        this.documentRoot = documentRoot;
        this.run = run;
    }

    /** Whether {@code %{name}} can have a value here; others are empty, as in httpd. */
    public static boolean isKnown(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return prefix(upper, "ENV:")
                || prefix(upper, "SSL:")
                || prefix(upper, "HTTP:")
                || OF_EXCHANGE.contains(upper)
                || EMPTY.contains(upper)
                || OWN.contains(upper);
    }

    private static boolean prefix(String name, String prefix) {
        return name.length() > prefix.length() && name.startsWith(prefix);
    }

    /** The value of {@code %{name}}, the name as written; empty for one that is not known. */
    String value(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (prefix(upper, "ENV:")) {
            return environment(name.substring(4));
        }
        if (prefix(upper, "SSL:")) {
            return exchange.tlsVariable(upper.substring(4)).orElse("");
        }
        if (prefix(upper, "HTTP:")) {
            return lookup(Table.REQUEST_HEADER, name.substring(5));
        }
        return switch (upper) {
            case "QUERY_STRING" -> run.query().orElse("");
            case "REQUEST_FILENAME", "SCRIPT_FILENAME" -> run.path();
            case "DOCUMENT_ROOT", "CONTEXT_DOCUMENT_ROOT" -> documentRoot;
            case "SERVER_ADDR" -> exchange.connection().localAddress();
            case "REQUEST_URI" -> run.requested();
            // Rules of a section run after the access rules: the value that httpd looks ahead for is known by then.
            case "LA-U:REMOTE_USER" -> base.variable("REMOTE_USER");
            default -> OF_EXCHANGE.contains(upper) ? base.variable(upper) : "";
        };
    }

    private String environment(String name) {
        return exchange.environment()
                .get(name)
                .or(() -> Optional.ofNullable(System.getenv(name)))
                .orElse("");
    }

    @Override
    public String variable(String name) {
        return name.equals("QUERY_STRING") ? run.query().orElse("") : base.variable(name);
    }

    @Override
    public String lookup(Table table, String key) {
        return base.lookup(table, key);
    }
}
