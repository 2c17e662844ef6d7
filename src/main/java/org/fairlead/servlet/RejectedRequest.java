package org.fairlead.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fairlead.accesslog.Attempts;
import org.fairlead.accesslog.Completion;
import org.fairlead.accesslog.Served;
import org.fairlead.accesslog.Termination;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.expression.Authority;
import org.fairlead.expression.ServerIdentity;
import org.fairlead.expression.Variables;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;
import org.fairlead.route.HeaderRules.Moment;
import org.fairlead.route.Host;

/**
 * Request that never became an exchange, since the container or we refused its head; it holds the parts that could be
 * read.
 *
 * @param line the request line as it came, where the launcher knows it; else empty
 */
record RejectedRequest(HttpServletRequest request, ClientConnection connection, Host by, String line, Moment start)
        implements Served {
    /** The host's {@code ServerName}, else the address that the client came to. */
    static String serverName(Optional<Host> host, ClientConnection connection) {
        return host.map(Host::name).filter(name -> !name.isEmpty()).orElse(connection.localAddress());
    }

    static int canonicalPort(Optional<Host> host, ClientConnection connection) {
        if (host.isEmpty()) {
            return connection.standardPort();
        }
        ServerIdentity server =
                host.get().identity(host.get().config().settings().ownName());
        return server.port() > 0 ? server.port() : server.standardPort(connection);
    }

    /** The words of the line as it came; {@code r->the_request} is one text in httpd. */
    private String word(int index) {
        String[] words = line.split(" ", 3);
        return index < words.length ? words[index] : "";
    }

    @Override
    public String id() {
        return "";
    }

    @Override
    public String termination(Completion ending) {
        return Termination.ofRejected(ending.status());
    }

    @Override
    public String connectionId() {
        return request.getServletConnection().getConnectionId();
    }

    @Override
    public String serverName() {
        return serverName(Optional.of(by), connection);
    }

    @Override
    public String askedName() {
        return Authority.of(ServletHead.authority(request).orElse("")).host(serverName());
    }

    @Override
    public int canonicalPort() {
        return canonicalPort(Optional.of(by), connection);
    }

    @Override
    public Optional<String> user() {
        return Optional.empty();
    }

    @Override
    public String method() {
        return line.isEmpty() ? ServletHead.text(request.getMethod()) : word(0);
    }

    @Override
    public String target() {
        if (!line.isEmpty()) {
            return word(1);
        }
        String uri = ServletHead.text(request.getRequestURI());
        return query().map(query -> uri + "?" + query).orElse(uri);
    }

    @Override
    public String protocol() {
        return line.isEmpty() ? ServletHead.text(request.getProtocol()) : word(2);
    }

    /** Decoded where it can be, as httpd does before it refuses anything. */
    @Override
    public String path() {
        String target = target();
        int mark = target.indexOf('?');
        String path = (mark < 0 ? target : target.substring(0, mark)).split("#", 2)[0];
        try {
            return RequestTarget.parse(path).normalPath();
        } catch (RefusedException e) {
            return path;
        }
    }

    @Override
    public Optional<String> query() {
        if (line.isEmpty()) {
            return Optional.ofNullable(request.getQueryString());
        }
        String target = target();
        int mark = target.indexOf('?');
        return mark < 0 ? Optional.empty() : Optional.of(target.substring(mark + 1));
    }

    @Override
    public Optional<String> requestField(String name) {
        // Of a head that broke off in a field, Tomcat knows its name and no value.
        List<String> values = Collections.list(request.getHeaders(name)).stream()
                .filter(Objects::nonNull)
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    @Override
    public Optional<String> requestTrailer(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<String> environment(String name) {
        return Optional.empty();
    }

    @Override
    public Variables variables() {
        return new Variables() {
            @Override
            public String variable(String name) {
                return switch (name) {
                    case "REQUEST_METHOD" -> method();
                    case "REQUEST_URI" -> path();
                    case "THE_REQUEST" -> line;
                    case "REMOTE_ADDR" -> connection.clientAddress();
                    default -> "";
                };
            }

            @Override
            public String lookup(Table table, String key) {
                return table == Table.REQUEST_HEADER ? requestField(key).orElse("") : "";
            }
        };
    }

    @Override
    public Optional<String> file() {
        return Optional.empty();
    }

    @Override
    public Optional<String> handler() {
        return Optional.empty();
    }

    @Override
    public Attempts attempts() {
        return Attempts.NONE;
    }

    @Override
    public long startMicros() {
        return start.epochMicros();
    }

    @Override
    public long startNanos() {
        return start.nanos();
    }
}
