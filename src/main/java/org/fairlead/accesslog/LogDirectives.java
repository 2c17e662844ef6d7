package org.fairlead.accesslog;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The log directives, the letters after a {@code %}: mod_log_config's, mod_logio's and mod_ssl's, with the value that
 * each writes. An argument that a directive cannot use is written itself, as httpd does.
 */
final class LogDirectives {
    private static final String PREFIX = "FAIRLEAD_";

    private static final Map<String, Function<String, Item>> ALL = new TreeMap<>();

    static {
        client();
        request();
        answer();
        time();
        server();
    }

    private LogDirectives() {}

    static boolean knows(String letter) {
        return ALL.containsKey(letter);
    }

    /** All of them, for messages and the manual's table. */
    static String all() {
        return "%" + String.join(" %", ALL.keySet());
    }

    static Item item(String letter, String argument) {
        return ALL.get(letter).apply(argument);
    }

    private static void client() {
        ALL.put("h", LogDirectives::address);
        ALL.put("a", LogDirectives::address);
        ALL.put("A", plain((s, e, line) -> line.add(s.connection().localAddress())));
        ALL.put("l", plain((s, e, line) -> line.none()));
        ALL.put("u", plain((s, e, line) -> {
            Optional<String> user = s.user();
            if (user.isPresent() && user.get().isEmpty()) {
                line.add("\"\"");
            } else {
                line.escaped(user);
            }
        }));
        ALL.put(
                "L",
                argument -> argument.equals("c")
                        ? (s, e, line) -> line.escaped(present(s.connectionId()))
                        : (s, e, line) -> line.escaped(present(s.id())));
        ALL.put("k", plain((s, e, line) -> {
            if (e.requestsBefore() < 0) {
                line.none();
            } else {
                line.add(e.requestsBefore());
            }
        }));
        ALL.put("^js", plain(new JsonItem()));
        ALL.put("X", plain((s, e, line) -> line.add(e.state().letter())));
    }

    private static Item address(String argument) {
        return argument.equals("c")
                ? (s, e, line) -> line.add(s.connection().peerAddress())
                : (s, e, line) -> line.add(s.connection().clientAddress());
    }

    private static void request() {
        ALL.put("r", plain((s, e, line) -> {
            if (s.method().isEmpty()) {
                line.none();
                return;
            }
            line.escaped(s.method());
            word(line, s.target());
            word(line, s.protocol());
        }));
        ALL.put("m", plain((s, e, line) -> line.escaped(present(s.method()))));
        ALL.put("U", plain((s, e, line) -> line.escaped(present(s.path()))));
        ALL.put(
                "q",
                plain((s, e, line) -> s.query().ifPresent(query -> line.add('?').escaped(query))));
        ALL.put("H", plain((s, e, line) -> line.escaped(present(s.protocol()))));
        ALL.put("i", name -> (s, e, line) -> line.escaped(s.requestField(name)));
        ALL.put("^ti", name -> (s, e, line) -> line.escaped(s.requestTrailer(name)));
        ALL.put(
                "C",
                name -> (s, e, line) ->
                        line.escaped(s.requestField("Cookie").flatMap(cookies -> Cookies.value(cookies, name))));
        ALL.put("e", LogDirectives::variable);
        ALL.put("n", name -> (s, e, line) -> line.escaped(note(s, name)));
        ALL.put("f", plain((s, e, line) -> line.escaped(s.file())));
        ALL.put("R", plain((s, e, line) -> line.escaped(s.handler())));
        ALL.put("x", LogDirectives::ofTls);
        ALL.put("c", name -> switch (name.toLowerCase(Locale.ROOT)) {
            case "version" -> ofTls("SSL_PROTOCOL");
            case "cipher" -> ofTls("SSL_CIPHER");
            case "subjectdn", "clientcert" -> ofTls("SSL_CLIENT_S_DN");
            case "issuerdn", "cacert" -> ofTls("SSL_CLIENT_I_DN");
            default -> (s, e, line) -> line.none();
        });
    }

    private static void word(LogLine line, String word) {
        if (!word.isEmpty()) {
            line.add(' ').escaped(word);
        }
    }

    private static Item ofTls(String name) {
        return (s, e, line) -> line.escaped(present(new EndedVariables(s, e).variable(name)));
    }

    /** {@code %{NAME}n}: the notes of mod_proxy_balancer and of {@code Header note} are variables here. */
    private static Optional<String> note(Served served, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "session-sticky" -> served.environment("BALANCER_SESSION_STICKY");
            case "session-route" -> served.environment("BALANCER_SESSION_ROUTE");
            default -> served.environment(name);
        };
    }

    /** {@code %{NAME}e}; names that begin with {@code FAIRLEAD_} are values that httpd does not have. */
    private static Item variable(String name) {
        String own = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
        return switch (own) {
            case "ATTEMPTS" -> attempts((a, line) -> line.add(a.count()));
            case "MEMBERS" -> attempts((a, line) -> line.escaped(a.members()));
            case "MEMBER_STATUS" ->
                attempts((a, line) -> {
                    if (a.status() == 0) {
                        line.none();
                    } else {
                        line.add(a.status());
                    }
                });
            case "QUEUE_US" -> micros(Attempts::queuedNanos);
            case "CONNECT_US" -> micros(Attempts::connectedNanos);
            case "END" -> (s, e, line) -> line.add(s.termination(e));
            case "FIRST_BYTE_US" -> micros(Attempts::firstByteNanos);
            default -> (s, e, line) -> line.escaped(s.environment(name));
        };
    }

    private interface OfAttempts {
        void write(Attempts attempts, LogLine line);
    }

    private static Item attempts(OfAttempts writer) {
        return (s, e, line) -> {
            Attempts attempts = s.attempts();
            if (attempts.count() == 0) {
                line.none();
            } else {
                writer.write(attempts, line);
            }
        };
    }

    private static Item micros(ToLongFunction<Attempts> nanos) {
        return attempts((a, line) -> {
            long value = nanos.applyAsLong(a);
            if (value < 0) {
                line.none();
            } else {
                line.add(TimeUnit.NANOSECONDS.toMicros(value));
            }
        });
    }

    private static void answer() {
        ALL.put("s", plain((s, e, line) -> line.add(e.status())));
        // What LogIOTrackTTFB would measure; off, as in httpd.
        ALL.put("^FB", plain((s, e, line) -> line.none()));
        ALL.put("b", plain((s, e, line) -> {
            if (e.bodyBytes() == 0) {
                line.none();
            } else {
                line.add(e.bodyBytes());
            }
        }));
        ALL.put("B", plain((s, e, line) -> line.add(e.bodyBytes())));
        ALL.put("I", plain((s, e, line) -> line.add(e.transfer().received())));
        ALL.put("O", plain((s, e, line) -> line.add(e.transfer().sent())));
        ALL.put(
                "S",
                plain((s, e, line) ->
                        line.add(e.transfer().received() + e.transfer().sent())));
        ALL.put(
                "o",
                name -> name.equalsIgnoreCase("Content-Type")
                        ? (s, e, line) ->
                                line.escaped(e.transfer().field(name).map(type -> withoutParameters(type, e.status())))
                        : (s, e, line) -> line.escaped(e.transfer().field(name)));
        ALL.put("^to", name -> (s, e, line) -> line.escaped(e.transfer().trailer(name)));
    }

    /** As httpd, which leaves the type alone where no body follows. */
    private static String withoutParameters(String type, int status) {
        int end = type.indexOf(';');
        return end < 0 || status == 204 || status == 304
                ? type
                : type.substring(0, end).stripTrailing();
    }

    private static void time() {
        ALL.put("t", TimeItem::of);
        ALL.put("D", plain((s, e, line) -> line.add(TimeUnit.NANOSECONDS.toMicros(e.nanos() - s.startNanos()))));
        ALL.put("T", unit -> switch (unit.toLowerCase(Locale.ROOT)) {
            case "", "s" -> duration(TimeUnit.SECONDS);
            case "ms" -> duration(TimeUnit.MILLISECONDS);
            case "us" -> duration(TimeUnit.MICROSECONDS);
            default -> written(unit);
        });
    }

    private static Item duration(TimeUnit unit) {
        return (s, e, line) -> line.add(unit.convert(e.nanos() - s.startNanos(), TimeUnit.NANOSECONDS));
    }

    private static void server() {
        ALL.put("v", plain((s, e, line) -> line.escaped(s.serverName())));
        ALL.put("V", plain((s, e, line) -> line.escaped(s.askedName())));
        ALL.put("p", which -> switch (which.toLowerCase(Locale.ROOT)) {
            case "", "canonical" -> (s, e, line) -> line.add(s.canonicalPort());
            case "local" -> (s, e, line) -> line.add(s.connection().localPort());
            case "remote" -> (s, e, line) -> line.add(s.connection().clientPort());
            default -> written(which);
        });
        long process = ProcessHandle.current().pid();
        ALL.put("P", which -> switch (which.toLowerCase(Locale.ROOT)) {
            case "", "pid" -> (s, e, line) -> line.add(process);
            case "tid" -> (s, e, line) -> line.add(Thread.currentThread().getId());
            case "hextid" ->
                (s, e, line) -> line.add(Long.toHexString(Thread.currentThread().getId()));
            default -> written(which);
        });
    }

    private static Item written(String argument) {
        return (s, e, line) -> line.escaped(argument);
    }

    private static Function<String, Item> plain(Item item) {
        return argument -> item;
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
