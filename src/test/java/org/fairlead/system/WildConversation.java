package org.fairlead.system;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** One request through one server, and all that can be seen of it: at the members, and at the client. */
record WildConversation(WildMembers members, SSLContext tls) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Which proxy, when, and how connections are kept is each one's own. */
    private static final Set<String> NOISE =
            Set.of("date", "server", "connection", "keep-alive", "transfer-encoding", "content-length");
    /** Fields of an error page, which each makes its own way. */
    private static final Set<String> OF_A_PAGE =
            Set.of("content-type", "etag", "last-modified", "accept-ranges", "content-language");

    /** Returns lines: {@code >} what whom was sent, {@code <} what came back. */
    String through(WildServer server, WildRequest request) throws IOException {
        Map<String, Integer> before = members.counts();
        try (RawClient client = client(server, request)) {
            WireMessage response = client.send(server.filled(request)).readFinal();
            String tunnel = response.status() == 101 ? "< tunnel " + echo(client) : "";
            List<Map.Entry<String, WireMessage>> received = members.since(before);
            List<String> lines = new ArrayList<>();
            received.forEach(entry -> lines.addAll(asReceived(entry.getKey(), entry.getValue())));
            lines.addAll(asAnswered(
                    response, received.isEmpty() || response.header("X-Member").isEmpty(), request));
            lines.add(tunnel);
            return server.inWords(String.join("\n", lines).strip());
        }
    }

    /** Does to the files of a site what a request wants done first. */
    static void arrange(Path files, WildRequest request) throws IOException {
        for (String step : request.before()) {
            Path file = files.resolve(step.substring(step.indexOf(' ') + 1));
            if (step.startsWith("create")) {
                Files.createDirectories(file.getParent());
                Files.createFile(file);
            } else {
                Files.delete(file);
            }
        }
    }

    private RawClient client(WildServer server, WildRequest request) throws IOException {
        return client(server, request, tls);
    }

    /** A connection to where a request goes. */
    static RawClient client(WildServer server, WildRequest request, SSLContext tls) throws IOException {
        if (!request.isSecure()) {
            return RawClient.to(server.plain()).timeout(PATIENCE);
        }
        Socket socket = new Socket(Loopback.address(), server.secure());
        return RawClient.over(tls.getSocketFactory().createSocket(socket, request.host(), server.secure(), true))
                .timeout(PATIENCE);
    }

    private static String echo(RawClient client) throws IOException {
        client.output().write("hello".getBytes(StandardCharsets.US_ASCII));
        client.output().flush();
        return new String(client.input().readNBytes(5), StandardCharsets.US_ASCII);
    }

    private static List<String> asReceived(String member, WireMessage request) {
        List<String> lines = new ArrayList<>(List.of("> " + member + " " + request.startLine()));
        request.headerLines().stream()
                .filter(line -> !is(NOISE, line))
                .sorted()
                .forEach(line -> lines.add("> " + line));
        lines.add("> body " + request.bodyText());
        return lines;
    }

    private static List<String> asAnswered(WireMessage response, boolean own, WildRequest request) {
        List<String> lines = new ArrayList<>(List.of("< " + response.status() + (response.cut() ? " cut" : "")));
        response.headerLines().stream()
                .filter(line -> !is(NOISE, line) && !(own && is(OF_A_PAGE, line)))
                .sorted()
                .forEach(line -> lines.add("< " + timeless(line)));
        if (!own || request.comparesBody()) {
            lines.add("< body " + response.bodyText());
        }
        return lines;
    }

    /** A cookie's end of life is told as a time of day. */
    private static String timeless(String line) {
        return line.replaceAll("(?i)(; expires=)[^;]+ GMT", "$1(a time)");
    }

    private static boolean is(Set<String> names, String line) {
        return names.contains(line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT));
    }

    /**
     * Returns what Fairlead did without what it adds to every request by decision: scheme and port go with
     * X-Forwarded-For, Via is said without being asked for, and names the listener's port. A line that httpd has as well stays, since the configuration
     * asked for it.
     */
    static String withoutAdditions(String ofFairlead, String ofHttpd) {
        List<String> kept = new ArrayList<>(ofFairlead.lines().toList());
        for (String name : List.of("> X-Forwarded-Proto:", "> X-Forwarded-Port:", "> Via:")) {
            if (ofHttpd.lines().noneMatch(line -> line.regionMatches(true, 0, name, 0, name.length()))) {
                kept.removeIf(line -> line.startsWith(name));
            }
        }
        return String.join("\n", kept).replaceAll("(?m)^([<>] Via: .* [^ :]+):@HTTPS?@$", "$1");
    }
}
