package org.fairlead.expression;

import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Exchange;
import org.fairlead.http.Headers;
import org.fairlead.http.HopByHop;
import org.fairlead.http.RequestHead;
import org.fairlead.http.RequestTarget;
import org.fairlead.http.ResponseHead;

/**
 * The variables of an exchange for expressions, by httpd's names. Values are computed on demand. Used by the exchange's
 * thread.
 *
 * <p>{@code REQUEST_URI} is the normalised path, so that no spelling of a path slips past a condition; {@code
 * THE_REQUEST} holds it as it came. {@code SERVER_NAME} and {@code SERVER_PORT} are as {@code UseCanonicalName} has
 * them. {@code REMOTE_USER} and {@code AUTH_TYPE} are read from the environment, where
 * authentication leaves them.
 */
public final class ExchangeVariables implements Variables {
    private static final String PRODUCT = "Fairlead";
    private static final Headers NO_FIELDS = new Headers();

    private final Exchange exchange;
    private final RequestTarget target;
    private final ServerIdentity server;
    private final Optional<ResponseHead> answer;
    private final Headers framing;
    private final Supplier<ZonedDateTime> clock;

    ExchangeVariables(
            Exchange exchange, ServerIdentity server, Optional<ResponseHead> answer, Supplier<ZonedDateTime> clock) {
        this(exchange, exchange.request().target(), server, answer, NO_FIELDS, clock);
    }

    private ExchangeVariables(
            Exchange exchange,
            RequestTarget target,
            ServerIdentity server,
            Optional<ResponseHead> answer,
            Headers framing,
            Supplier<ZonedDateTime> clock) {
        this.exchange = exchange;
        this.target = target;
        this.server = server;
        this.answer = answer;
        this.framing = framing;
        this.clock = clock;
    }

    /**
     * The variables of a request that has no response yet.
     *
     * @param serverName {@code ServerName} of the host that serves it, for a request without {@code Host}; may be empty
     */
    public static ExchangeVariables of(Exchange exchange, String serverName) {
        return of(exchange, ServerIdentity.named(serverName));
    }

    /** The same for a server of which more than its name is known. */
    public static ExchangeVariables of(Exchange exchange, ServerIdentity server) {
        return new ExchangeVariables(exchange, server, Optional.empty(), ZonedDateTime::now);
    }

    /** The same variables once there is a response: {@code resp()}, {@code REQUEST_STATUS}, {@code CONTENT_TYPE}. */
    public ExchangeVariables answered(ResponseHead head) {
        return answered(head, NO_FIELDS);
    }

    /**
     * The same, where the head has lost the fields that frame the response.
     *
     * @param before the fields before; those for one connection and {@code Content-Length} are read from here
     */
    public ExchangeVariables answered(ResponseHead head, Headers before) {
        return new ExchangeVariables(exchange, target, server, Optional.of(head), before, clock);
    }

    /** The same variables once rules have led the request to another target; {@code THE_REQUEST} stays the client's. */
    public ExchangeVariables at(RequestTarget other) {
        return new ExchangeVariables(exchange, other, server, answer, framing, clock);
    }

    @Override
    public String variable(String name) {
        if (name.startsWith("SSL_")) {
            return exchange.tlsVariable(name).orElse("");
        }
        String field = Names.HEADERS.get(name);
        if (field != null) {
            return field(field);
        }
        if (name.startsWith("TIME")) {
            return TimeVariables.at(name, clock.get());
        }
        return name.startsWith("SERVER_") ? ofServer(name) : ofRequest(name);
    }

    private String ofServer(String name) {
        RequestHead request = exchange.request();
        return switch (name) {
            case "SERVER_NAME" -> server.name(exchange);
            case "SERVER_PORT" -> Integer.toString(server.port(exchange));
            case "SERVER_PROTOCOL" -> request.protocol();
            case "SERVER_PROTOCOL_VERSION" -> Integer.toString(1000 * version(5) + version(7));
            case "SERVER_PROTOCOL_VERSION_MAJOR" -> Integer.toString(version(5));
            case "SERVER_PROTOCOL_VERSION_MINOR" -> Integer.toString(version(7));
            case "SERVER_SOFTWARE" -> PRODUCT;
            default -> "";
        };
    }

    /** One digit of {@code HTTP/1.1}. */
    private int version(int index) {
        String protocol = exchange.request().protocol();
        return index < protocol.length() ? Math.max(0, Character.digit(protocol.charAt(index), 10)) : 0;
    }

    private String ofRequest(String name) {
        RequestHead request = exchange.request();
        ClientConnection connection = exchange.connection();
        return switch (name) {
            case "HTTPS" -> onOff(connection.secure());
            case "HTTP2" -> onOff(request.protocol().startsWith("HTTP/2"));
            case "IPV6" -> onOff(connection.peerAddress().indexOf(':') >= 0);
            case "REQUEST_METHOD" -> request.method();
            case "REQUEST_SCHEME" -> server.scheme(connection);
            case "REQUEST_URI", "DOCUMENT_URI" -> target.normalPath();
            case "QUERY_STRING" -> target.query().orElse("");
            case "THE_REQUEST" -> request.method() + " " + request.target().raw() + " " + request.protocol();
            case "REMOTE_ADDR", "REMOTE_HOST" -> connection.clientAddress();
            case "CONN_REMOTE_ADDR" -> connection.peerAddress();
            case "REMOTE_PORT" -> Integer.toString(connection.clientPort());
            case "REMOTE_USER", "AUTH_TYPE" -> environment(name);
            case "REQUEST_LOG_ID", "CONN_LOG_ID" -> exchange.id();
            case "IS_SUBREQ" -> "false";
            case "REQUEST_STATUS" ->
                answer.map(head -> Integer.toString(head.status())).orElse("");
            case "CONTENT_TYPE" -> lookup(Table.RESPONSE_HEADER, "Content-Type");
            default -> "";
        };
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    @Override
    public String lookup(Table table, String key) {
        return switch (table) {
            case REQUEST_HEADER -> field(key);
            case RESPONSE_HEADER ->
                answer.flatMap(head -> head.headers().first(key))
                        .or(() -> HopByHop.isStripped(key) ? framing.first(key) : Optional.empty())
                        .orElse("");
            case ENVIRONMENT -> environment(key);
            case PROCESS_ENVIRONMENT -> System.getenv().getOrDefault(key, "");
            // Notes are httpd's modules talking among themselves; probes have requests of their own.
            case NOTE, PROBE -> "";
        };
    }

    /** Looks up a variable. Case does not count in an expression (httpd's tables), but does where variables are set. */
    private String environment(String key) {
        return exchange.environment()
                .get(key)
                .orElseGet(() -> exchange.environment().all().entrySet().stream()
                        .filter(variable -> variable.getKey().equalsIgnoreCase(key))
                        .findFirst()
                        .map(Map.Entry::getValue)
                        .orElse(""));
    }

    /** Several lines are one value to httpd (RFC 9110 5.3). */
    private String field(String name) {
        return String.join(", ", exchange.request().headers().all(name));
    }
}
