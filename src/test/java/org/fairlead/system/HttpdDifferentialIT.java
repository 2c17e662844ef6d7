package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One configuration and the same requests through httpd and through Fairlead: what members receive and what clients
 * receive is equal, but for {@link DifferentialShapes#DECISIONS what was decided otherwise}.
 */
class HttpdDifferentialIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Which proxy, when, and how connections are kept is each one's own. */
    private static final Set<String> NOISE = Set.of("date", "server", "connection", "keep-alive", "transfer-encoding");

    private static RawMember member;
    private static Httpd httpd;
    private static FairleadJar fairlead;

    @BeforeAll
    static void start() throws IOException {
        Httpd.assumeInstalled();
        member = RawMember.answering(DifferentialShapes::answer);
        String configuration = DifferentialShapes.CONFIGURATION.replace("%M", member.port() + "");
        httpd = Httpd.start(configuration);
        fairlead = FairleadJar.configured("Listen 127.0.0.1:0\n" + configuration);
    }

    @AfterAll
    static void stop() throws IOException {
        if (member != null) {
            fairlead.close();
            httpd.close();
            member.close();
        }
    }

    static Stream<String> shapes() {
        return DifferentialShapes.REQUESTS.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void isAsHttpdDoes(String shape) throws IOException {
        String ofHttpd = seenThrough(httpd.port(), shape);
        String ofFairlead = seenThrough(fairlead.port(), shape);
        Map.Entry<String, String> decision = DifferentialShapes.DECISIONS.get(shape);
        if (decision == null) {
            assertThat(ofFairlead).as(shape + "\n" + fairlead.output()).isEqualTo(ofHttpd);
        } else {
            assertThat(ofFairlead).as(decision.getKey()).containsPattern(decision.getValue());
            assertThat(ofFairlead)
                    .as("a decision that decides nothing: " + decision.getKey())
                    .isNotEqualTo(ofHttpd);
        }
    }

    @Test
    void thereAreEnoughShapesAndEveryDecisionIsAboutOne() {
        assertThat(DifferentialShapes.REQUESTS).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
        assertThat(DifferentialShapes.REQUESTS).containsAll(DifferentialShapes.DECISIONS.keySet());
    }

    private static String seenThrough(int port, String shape) throws IOException {
        int before = member.requests().size();
        try (RawClient client = RawClient.to(port).timeout(PATIENCE)) {
            WireMessage response = client.send(shape.replace("|", "\r\n")).readFinal();
            List<WireMessage> received =
                    member.requests().subList(before, member.requests().size());
            List<String> lines = new ArrayList<>();
            received.forEach(request -> lines.addAll(asReceived(request)));
            lines.addAll(asAnswered(response, received.isEmpty()));
            return String.join("\n", lines)
                    .replace("127.0.0.1:" + port, "PROXY")
                    .replaceAll("(Via: 1\\.[01] proxy\\.example):" + port, "$1");
        }
    }

    private static List<String> asReceived(WireMessage request) {
        List<String> lines = new ArrayList<>(List.of("> " + request.startLine()));
        // Our own additions, a decision for every request: scheme and port go with X-Forwarded-For.
        request.headerLines().stream()
                .filter(line -> !isNoise(line, Set.of("x-forwarded-proto", "x-forwarded-port")))
                .sorted()
                .forEach(line -> lines.add("> " + line));
        lines.add("> body " + request.bodyText());
        return lines;
    }

    private static List<String> asAnswered(WireMessage response, boolean own) {
        List<String> lines = new ArrayList<>(List.of("< " + response.status() + (response.cut() ? " cut" : "")));
        if (own) {
            // An error page of the proxy's: each has its own words.
            return lines;
        }
        response.headerLines().stream()
                .filter(line -> !isNoise(line, Set.of("content-length")))
                .sorted()
                .forEach(line -> lines.add("< " + line));
        lines.add("< body " + response.bodyText());
        return lines;
    }

    private static boolean isNoise(String line, Set<String> more) {
        String name = line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT);
        return NOISE.contains(name) || more.contains(name);
    }

    static String lines(String... lines) {
        return String.join("\n", Arrays.asList(lines));
    }
}
