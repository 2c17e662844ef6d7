package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What body filters make of members' responses: one configuration and the requests of {@code bodies.txt}, through httpd
 * and through Fairlead. The fields must be the same, and the body without its coding.
 */
class BodyFiltersDifferentialIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Which proxy, when, and how a message is framed is each one's own; the length is that of each one's zlib. */
    private static final Set<String> NOISE =
            Set.of("date", "server", "connection", "keep-alive", "transfer-encoding", "content-length");

    private static List<String> lines = List.of();
    private static RawMember member;
    private static Httpd httpd;
    private static FairleadJar fairlead;

    @BeforeAll
    static void start() throws IOException {
        Httpd.assumeInstalled();
        member = RawMember.answering(request -> response(request.headerLines()));
        String configuration = String.join("\n", part(0)).replace("MEMBER", Integer.toString(member.port()));
        httpd = Httpd.start(configuration);
        fairlead = FairleadJar.configured("Listen 127.0.0.1:0\nServerName localhost\nProxyVia Off\n" + configuration);
    }

    @AfterAll
    static void stop() throws IOException {
        for (AutoCloseable each : new AutoCloseable[] {fairlead, httpd, member}) {
            close(each);
        }
    }

    private static void close(AutoCloseable each) throws IOException {
        try {
            if (each != null) {
                each.close();
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** The lines of the file ahead of the line {@code ---}, or behind it. */
    private static List<String> part(int index) {
        if (lines.isEmpty()) {
            try (InputStream in = BodyFiltersDifferentialIT.class.getResourceAsStream("bodies.txt")) {
                lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("# ") && !line.isBlank())
                        .toList();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        int middle = lines.indexOf("---");
        return index == 0 ? lines.subList(0, middle) : lines.subList(middle + 1, lines.size());
    }

    /** The member's response: {@code X-Body} is the body, and {@code X-Answer} is one field, or several with | between. */
    private static String response(List<String> request) {
        String body = field(request, "x-body").replace("\\n", "\n").replace("PAGE", "Hello, wide world. ".repeat(9));
        String fields = field(request, "x-answer").replace("|", "\r\n");
        return "HTTP/1.1 200 OK\r\n" + (fields.isEmpty() ? "" : fields + "\r\n") + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static String field(List<String> fields, String name) {
        return fields.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    static Stream<String> requests() {
        return part(1).stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void isAsHttpdDoes(String request) throws IOException {
        assertThat(seenThrough(fairlead.port(), request))
                .as(request + "\n" + fairlead.output())
                .isEqualTo(seenThrough(httpd.port(), request));
    }

    /** {@code PATH | FIELD | FIELD …} */
    private static String seenThrough(int port, String request) throws IOException {
        String[] parts = request.split(" \\| ");
        StringBuilder wire = new StringBuilder("GET " + parts[0] + " HTTP/1.1\r\nHost: www.example.com\r\n");
        for (int i = 1; i < parts.length; i++) {
            wire.append(parts[i]).append("\r\n");
        }
        try (RawClient client = RawClient.to(port).timeout(PATIENCE)) {
            WireMessage response = client.send(wire + "\r\n").readFinal();
            Map<String, List<String>> fields = new TreeMap<>();
            for (String line : response.headerLines()) {
                int colon = line.indexOf(':');
                String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                if (!NOISE.contains(name)) {
                    fields.computeIfAbsent(name, n -> new ArrayList<>())
                            .add(line.substring(colon + 1).strip().replaceAll(",(?! )", ", "));
                }
            }
            String text = fields.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .collect(Collectors.joining("\n"));
            return response.status() + "\n" + text + "\n\n" + uncoded(response, fields);
        }
    }

    private static String uncoded(WireMessage response, Map<String, List<String>> fields) throws IOException {
        byte[] body = response.body();
        if (fields.getOrDefault("content-encoding", List.of()).contains("gzip")) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
                body = in.readAllBytes();
            }
        }
        return new String(body, StandardCharsets.ISO_8859_1);
    }
}
