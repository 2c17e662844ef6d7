package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same balancers, requests and failures through httpd and through Fairlead: the same member answers, request by
 * request. Every scenario has a balancer of its own, in one configuration for all.
 */
class BalancerDifferentialIT {
    private static final List<String> NAMES = List.of("a", "b", "c", "d");
    private static final Map<String, Integer> STATUS = new ConcurrentHashMap<>();

    private static List<HttpMember> members;
    private static Httpd httpd;
    private static FairleadJar fairlead;

    @BeforeAll
    static void start() throws IOException {
        Httpd.assumeInstalled();
        members = new ArrayList<>();
        for (String name : NAMES) {
            members.add(HttpMember.start(name, exchange -> answer(name, exchange)));
        }
        List<Integer> ports = members.stream().map(HttpMember::port).toList();
        String configuration = IntStream.range(0, all().size())
                .mapToObj(i -> all().get(i).configuration(BalancerScenario.path(i), ports))
                .collect(Collectors.joining());
        httpd = Httpd.start(configuration);
        fairlead = FairleadJar.configured("Listen 127.0.0.1:0\nMaxKeepAliveRequests 0\n" + configuration);
    }

    @AfterAll
    static void stop() {
        if (members != null) {
            fairlead.close();
            httpd.close();
            members.forEach(HttpMember::close);
        }
    }

    private static List<BalancerScenario> all() {
        return Stream.concat(BalancerScenarios.EXACT.stream(), BalancerScenarios.SPREAD.stream())
                .toList();
    }

    static List<BalancerScenario> exact() {
        return BalancerScenarios.EXACT;
    }

    static List<BalancerScenario> spread() {
        return BalancerScenarios.SPREAD;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exact")
    void choosesAsHttpdDoesRequestByRequest(BalancerScenario scenario) throws IOException {
        List<String> ofHttpd = play(scenario, httpd.port());
        List<String> ofFairlead = play(scenario, fairlead.port());
        BalancerScenarios.decision(scenario)
                .ifPresentOrElse(
                        expected -> assertThat(String.join(" ", ofFairlead)).isEqualTo(expected),
                        () -> assertThat(ofFairlead)
                                .as(scenario.members() + " | " + scenario.balancer() + " | " + scenario.steps() + "\n"
                                        + fairlead.output())
                                .isEqualTo(ofHttpd));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spread")
    void spreadsAsHttpdDoes(BalancerScenario scenario) throws IOException {
        Map<String, Long> ofHttpd = counted(play(scenario, httpd.port()));
        Map<String, Long> ofFairlead = counted(play(scenario, fairlead.port()));
        assertThat(ofFairlead.keySet()).isEqualTo(ofHttpd.keySet());
        ofHttpd.forEach(
                (name, count) -> assertThat(ofFairlead.get(name)).as(name).isBetween(count - 3, count + 3));
    }

    private static Map<String, Long> counted(List<String> answers) {
        return answers.stream()
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private static List<String> play(BalancerScenario scenario, int port) throws IOException {
        String path = "/" + BalancerScenario.path(all().indexOf(scenario));
        List<String> answers = new ArrayList<>();
        STATUS.clear();
        try {
            for (String word : scenario.words()) {
                step(word, path, port, answers);
            }
        } finally {
            members.stream().filter(member -> !Loopback.accepts(member.port())).forEach(HttpMember::restart);
        }
        return answers;
    }

    private static void step(String word, String path, int port, List<String> answers) throws IOException {
        char first = word.charAt(0);
        if (first == '!') {
            named(word.substring(1)).kill();
        } else if (first == '^') {
            named(word.substring(1)).restart();
        } else if (first == '+') {
            await().pollDelay(Duration.ofMillis(Long.parseLong(word.substring(1))))
                    .until(() -> true);
        } else if (first == '~') {
            answers.add(ask(port, path + "/x", "Cookie: JSESSIONID=" + word.substring(1) + "\r\n"));
        } else if (first == '/') {
            answers.add(ask(port, path + "/x;jsessionid=" + word.substring(1), ""));
        } else if (word.contains(":")) {
            STATUS.put(word.substring(0, 1), Integer.parseInt(word.substring(2)));
        } else {
            for (int i = Integer.parseInt(word); i > 0; i--) {
                answers.add(ask(port, path + "/x", ""));
            }
        }
    }

    private static HttpMember named(String name) {
        return members.get(NAMES.indexOf(name));
    }

    /**
     * Returns who answered, with the status where it is none of success. Waits for the connection's end: httpd judges the
     * member after the client has its answer, and before it closes.
     */
    private static String ask(int port, String target, String fields) throws IOException {
        WireMessage response;
        try (RawClient client = RawClient.to(port)) {
            response = client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + fields + "\r\n")
                    .readFinal();
            assertThat(client.isClosedByServer()).isTrue();
        }
        String who = response.header("X-Member").orElse("");
        return response.status() == 200 ? who : who + response.status();
    }

    private static void answer(String name, HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] body = name.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(STATUS.getOrDefault(name, 200), body.length);
        exchange.getResponseBody().write(body);
    }
}
