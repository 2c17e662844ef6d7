package org.fairlead.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.accesslog.Attempts;
import org.fairlead.accesslog.Completion;
import org.fairlead.accesslog.Served;
import org.fairlead.accesslog.Termination;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.counters.FailureKind;
import org.fairlead.engine.ExchangeObserver;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.LauncherAttributes;
import org.fairlead.expression.Authority;
import org.fairlead.expression.ExchangeVariables;
import org.fairlead.expression.Variables;
import org.fairlead.http.Headers;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.Settings;
import org.fairlead.route.HeaderRules.Moment;
import org.fairlead.route.Host;
import org.fairlead.route.Match;

/** Exchange as the access log sees it: its request, and the events of the engine. Used by the exchange's thread. */
final class LoggedExchange implements Served, ExchangeObserver {
    /** The TLS variables that a tunnel's line can hold. */
    private static final String[] TUNNEL_FIELDS =
            "SSL_PROTOCOL SSL_CIPHER SSL_CLIENT_VERIFY SSL_CLIENT_S_DN SSL_CLIENT_S_DN_CN SSL_CLIENT_I_DN".split(" ");

    private final Exchange exchange;
    private final HttpServletRequest request;
    private final String mount;
    private final long startMicros;
    private final long startNanos;

    private Optional<Kept> kept = Optional.empty();
    private Optional<Host> host = Optional.empty();
    private Settings settings = Settings.NONE;
    private Optional<Balancer> balancer = Optional.empty();
    private String target = "";
    private List<HeaderRule> rules = List.of();
    private Headers changed = new Headers();
    private Optional<Member> asked = Optional.empty();
    private String members = "";
    private int attempts;
    private int status;
    private long queuedNanos;
    private long connectedNanos = -1;
    private long firstByteNanos = -1;
    private final Termination termination = new Termination();

    LoggedExchange(Exchange exchange, HttpServletRequest request, Moment start) {
        this.exchange = exchange;
        this.request = request;
        this.mount = exchange.mountPath();
        this.startMicros = start.epochMicros();
        this.startNanos = start.nanos();
    }

    /**
     * Keeps values of the container before it recycles its request: a tunnel's access log entry is written long after.
     */
    void keep() {
        Map<String, String> tls = new HashMap<>();
        for (String name : TUNNEL_FIELDS) {
            exchange.tlsVariable(name).ifPresent(value -> tls.put(name, value));
        }
        kept = Optional.of(new Kept(connectionId(), user(), tls));
    }

    /** Values kept from the container. */
    private record Kept(String connectionId, Optional<String> user, Map<String, String> tls) {
        Variables variables(Variables others) {
            return new Variables() {
                @Override
                public String variable(String name) {
                    return name.startsWith("SSL_") ? tls.getOrDefault(name, "") : others.variable(name);
                }

                @Override
                public String lookup(Table table, String key) {
                    return others.lookup(table, key);
                }
            };
        }
    }

    /** The host that serves it; empty before the engine knows it. */
    Optional<Host> host() {
        return host;
    }

    @Override
    public void served(Host by, Settings with) {
        host = Optional.of(by);
        settings = with;
    }

    @Override
    public void forwarded(Balancer to, Match.Forward forward) {
        balancer = Optional.of(to);
        target = forward.target();
        termination.forwarded();
    }

    @Override
    public void requestFields(List<HeaderRule> by, Headers fields) {
        rules = by;
        changed = fields.copy();
    }

    @Override
    public void attempted(Member member, long queued) {
        members = members.isEmpty() ? member.name() : members + ", " + member.name();
        asked = Optional.of(member);
        attempts++;
        termination.attempted();
        queuedNanos += queued;
        status = 0;
        connectedNanos = -1;
        firstByteNanos = -1;
    }

    @Override
    public void answered(int code, long connected, long head) {
        status = code;
        connectedNanos = connected;
        firstByteNanos = head;
        termination.answered();
    }

    @Override
    public void failed(FailureKind kind, boolean retried) {
        termination.failed(kind);
    }

    @Override
    public void refused(String by, int with) {
        termination.refused();
    }

    @Override
    public String termination(Completion ending) {
        return termination.of(ending);
    }

    @Override
    public String id() {
        return exchange.id();
    }

    @Override
    public ClientConnection connection() {
        return exchange.connection();
    }

    @Override
    public String connectionId() {
        return kept.isPresent()
                ? kept.get().connectionId()
                : request.getServletConnection().getConnectionId();
    }

    @Override
    public String serverName() {
        return RejectedRequest.serverName(host, connection());
    }

    @Override
    public String askedName() {
        return settings.ownName().isCanonical()
                ? serverName()
                : Authority.of(exchange.request().authority()).host(serverName());
    }

    @Override
    public int canonicalPort() {
        return RejectedRequest.canonicalPort(host, connection());
    }

    @Override
    public Optional<String> user() {
        return kept.isPresent()
                ? kept.get().user()
                : exchange.environment().get("REMOTE_USER").or(exchange::containerUser);
    }

    @Override
    public String method() {
        return exchange.request().method();
    }

    @Override
    public String target() {
        if (kept.isEmpty() && request.getAttribute(LauncherAttributes.REQUEST_LINE) instanceof String line) {
            String[] words = line.split(" ", 3);
            return words.length > 1 ? words[1] : "";
        }
        String raw = exchange.request().target().raw();
        return mount.isEmpty() ? raw : mount + raw;
    }

    @Override
    public String protocol() {
        return exchange.request().protocol();
    }

    @Override
    public String path() {
        String path = exchange.request().target().normalPath();
        return mount.isEmpty() ? path : mount + path;
    }

    @Override
    public Optional<String> query() {
        return exchange.request().target().query();
    }

    @Override
    public Optional<String> requestField(String name) {
        for (HeaderRule rule : rules) {
            if (!rule.early() && rule.name().equalsIgnoreCase(name)) {
                return joined(changed, name);
            }
        }
        return joined(exchange.request().headers(), name);
    }

    @Override
    public Optional<String> requestTrailer(String name) {
        return kept.isPresent() ? Optional.empty() : joined(exchange.body().trailers(), name);
    }

    private static Optional<String> joined(Headers headers, String name) {
        int first = headers.indexOf(name, 0);
        if (first < 0) {
            return Optional.empty();
        }
        return Optional.of(
                headers.indexOf(name, first + 1) < 0 ? headers.value(first) : String.join(", ", headers.all(name)));
    }

    @Override
    public Optional<String> environment(String name) {
        Optional<String> value = exchange.environment().get(name);
        if (value.isPresent()) {
            return value;
        }
        return exchange.environment().all().entrySet().stream()
                .filter(variable -> variable.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    public Variables variables() {
        Variables now = host.isPresent()
                ? ExchangeVariables.of(exchange, host.get().identity(settings.ownName()))
                : ExchangeVariables.of(exchange, "");
        return kept.isPresent() ? kept.get().variables(now) : now;
    }

    @Override
    public Optional<String> file() {
        if (asked.isPresent()) {
            return Optional.of(
                    "proxy:" + asked.get().name() + (target.startsWith("/") || target.isEmpty() ? "" : "/") + target);
        }
        return balancer.filter(to -> !to.config().standalone())
                .map(to -> "proxy:balancer://" + to.config().name() + target);
    }

    @Override
    public Optional<String> handler() {
        return balancer.map(to -> "proxy-server");
    }

    @Override
    public Attempts attempts() {
        return new Attempts(attempts, members, status, queuedNanos, connectedNanos, firstByteNanos);
    }

    @Override
    public long startMicros() {
        return startMicros;
    }

    @Override
    public long startNanos() {
        return startNanos;
    }
}
