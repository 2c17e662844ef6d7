package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What mod_alias, mod_env, mod_setenvif, mod_headers' expressions and {@code <If>} make of requests: one configuration with
 * a virtual host for each group of {@code rules.txt}, and its requests through httpd and through Fairlead.
 */
class RulesDifferentialIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Which proxy, when, and how connections are kept is each one's own. */
    private static final Set<String> NOISE = Set.of(
            "date",
            "server",
            "connection",
            "keep-alive",
            "transfer-encoding",
            "content-length",
            "content-type",
            "content-language",
            "x-forwarded-proto",
            "x-forwarded-port");

    private static final List<Group> GROUPS = groups();

    private static RawMember member;
    private static Httpd httpd;
    private static FairleadJar fairlead;

    private record Group(String title, String name, List<String> lines, List<Ask> asks) {}

    /** @param decided what Fairlead says where that is not what httpd says; empty where they agree */
    private record Ask(Group group, String request, String decided) {
        @Override
        public String toString() {
            return group.title + ": " + request;
        }
    }

    private static List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        boolean asks = false;
        for (String line : text().split("\n")) {
            if (line.startsWith("=== ")) {
                String name = "v" + groups.size() + ".example";
                groups.add(new Group(line.substring(4), name, new ArrayList<>(), new ArrayList<>()));
                asks = false;
            } else if (line.equals("---")) {
                asks = true;
            } else if (!line.startsWith("# ") && !line.isBlank()) {
                Group group = groups.get(groups.size() - 1);
                if (asks) {
                    String[] parts = line.split(" !! ");
                    group.asks.add(new Ask(group, parts[0], parts.length > 1 ? parts[1] : ""));
                } else {
                    group.lines.add(line);
                }
            }
        }
        return groups;
    }

    private static String text() {
        try (InputStream in = RulesDifferentialIT.class.getResourceAsStream("rules.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        Httpd.assumeInstalled();
        member = RawMember.answering(request -> {
            String status = request.startLine().contains("status=404") ? "404 Not Found" : "200 OK";
            return "HTTP/1.1 " + status + "\r\nX-Answer: member\r\nContent-Length: 2\r\n\r\nok";
        });
        StringBuilder configuration = new StringBuilder();
        for (Group group : GROUPS) {
            configuration
                    .append("<VirtualHost *>\nServerName ")
                    .append(group.name)
                    .append('\n')
                    .append(String.join("\n", group.lines).replace("MEMBER", member.port() + ""))
                    .append("\n</VirtualHost>\n");
        }
        httpd = Httpd.start(configuration.toString());
        fairlead = FairleadJar.configured("Listen 127.0.0.1:0\nServerName localhost\nProxyVia Off\n" + configuration);
    }

    @AfterAll
    static void stop() throws IOException {
        if (fairlead != null) {
            fairlead.close();
        }
        if (httpd != null) {
            httpd.close();
        }
        if (member != null) {
            member.close();
        }
    }

    static Stream<Ask> asks() {
        return GROUPS.stream().flatMap(group -> group.asks.stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("asks")
    void isAsHttpdDoes(Ask ask) throws IOException {
        String ofHttpd = seenThrough(httpd.port(), ask);
        String ofFairlead = seenThrough(fairlead.port(), ask);
        if (ask.decided.isEmpty()) {
            assertThat(ofFairlead).as(ask + "\n" + fairlead.output()).isEqualTo(ofHttpd);
        } else {
            assertThat(ofFairlead).containsPattern(ask.decided.replaceAll(" .*", ""));
            assertThat(ofFairlead).as("a decision that decides nothing").isNotEqualTo(ofHttpd);
        }
    }

    @Test
    void thereAreEnoughRows() {
        assertThat(asks()).hasSizeGreaterThanOrEqualTo(120);
    }

    private static String seenThrough(int port, Ask ask) throws IOException {
        int before = member.requests().size();
        try (RawClient client = RawClient.to(port).timeout(PATIENCE)) {
            WireMessage response = client.send(wire(ask)).readFinal();
            List<WireMessage> received =
                    member.requests().subList(before, member.requests().size());
            List<String> lines = new ArrayList<>();
            received.forEach(request -> lines.addAll(lines("> ", request.startLine(), request)));
            lines.addAll(lines("< ", response.status() + "", response));
            // An error page of the proxy's has its own words, unless the operator wrote them.
            if (response.bodyText().length() < 40) {
                lines.add("< " + response.bodyText());
            }
            return String.join("\n", lines).replace("127.0.0.1:" + port, "PROXY");
        }
    }

    private static String wire(Ask ask) {
        String[] parts = ask.request.split(" \\| ");
        StringBuilder wire = new StringBuilder(parts[0]).append(" HTTP/1.1\r\n");
        boolean host = false;
        for (int i = 1; i < parts.length; i++) {
            host |= parts[i].startsWith("Host:");
            wire.append(parts[i].replace("NAME", ask.group.name)).append("\r\n");
        }
        if (!host) {
            wire.append("Host: ").append(ask.group.name).append("\r\n");
        }
        if (parts[0].startsWith("POST")) {
            wire.append("Content-Length: 0\r\n");
        }
        return wire.append("\r\n").toString();
    }

    private static List<String> lines(String mark, String start, WireMessage message) {
        List<String> lines = new ArrayList<>(List.of(mark + start));
        message.headerLines().stream()
                .filter(line -> !NOISE.contains(
                        line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT)))
                .sorted()
                .forEach(line -> lines.add(mark + line));
        return lines;
    }
}
