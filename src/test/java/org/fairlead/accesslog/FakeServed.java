package org.fairlead.accesslog;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.expression.Variables;

/** {@code GET /a%20b?q=1} of 192.0.2.7, which took 1.234567 s and came at 2026-03-01T09:05:07.004005Z. */
final class FakeServed implements Served {
    final Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final Map<String, String> environment = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Optional<String> user = Optional.empty();
    String method = "GET";
    Attempts attempts = Attempts.NONE;

    static Completion ending(int status) {
        return new Completion(
                status,
                12,
                Completion.State.KEPT,
                3,
                new Completion.Transfer() {
                    @Override
                    public long received() {
                        return 100;
                    }

                    @Override
                    public long sent() {
                        return 200;
                    }

                    @Override
                    public Optional<String> field(String name) {
                        return name.equalsIgnoreCase("Content-Type")
                                ? Optional.of("text/html; charset=utf-8")
                                : Optional.empty();
                    }

                    @Override
                    public Optional<String> trailer(String name) {
                        return name.equalsIgnoreCase("Checksum") ? Optional.of("abc") : Optional.empty();
                    }
                },
                1_234_567_890L);
    }

    @Override
    public String termination(Completion ending) {
        return "MW";
    }

    @Override
    public String id() {
        return "x1";
    }

    @Override
    public ClientConnection connection() {
        return new ClientConnection("192.0.2.7", "192.0.2.8", 4711, "192.0.2.1", 8080, false);
    }

    @Override
    public String connectionId() {
        return "c9";
    }

    @Override
    public String serverName() {
        return "www.example.com";
    }

    @Override
    public String askedName() {
        return "alias.example.com";
    }

    @Override
    public int canonicalPort() {
        return 80;
    }

    @Override
    public Optional<String> user() {
        return user;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String target() {
        return method.isEmpty() ? "" : "/a%20b?q=1";
    }

    @Override
    public String protocol() {
        return method.isEmpty() ? "" : "HTTP/1.1";
    }

    @Override
    public String path() {
        return method.isEmpty() ? "" : "/a b";
    }

    @Override
    public Optional<String> query() {
        return Optional.of("q=1");
    }

    @Override
    public Optional<String> requestField(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    @Override
    public Optional<String> requestTrailer(String name) {
        return name.equalsIgnoreCase("Checksum") ? Optional.of("def") : Optional.empty();
    }

    @Override
    public Optional<String> environment(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    @Override
    public Variables variables() {
        return new Variables() {
            @Override
            public String variable(String name) {
                return name.equals("SSL_PROTOCOL") ? "TLSv1.3" : "";
            }

            @Override
            public String lookup(Table table, String key) {
                return "";
            }
        };
    }

    @Override
    public Optional<String> file() {
        return Optional.of("proxy:http://member/a");
    }

    @Override
    public Optional<String> handler() {
        return Optional.of("proxy-server");
    }

    @Override
    public Attempts attempts() {
        return attempts;
    }

    @Override
    public long startMicros() {
        return 1_772_355_907_004_005L;
    }

    @Override
    public long startNanos() {
        return 890;
    }
}
