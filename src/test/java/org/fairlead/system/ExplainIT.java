package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.fairlead.config.ConfigLoader;
import org.fairlead.engine.DryRunRequest;
import org.fairlead.engine.Explanation;
import org.fairlead.engine.ExplanationFormat;
import org.fairlead.http.Headers;
import org.fairlead.model.ProxyConfig;
import org.fairlead.runtime.OfflineEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code --explain} says of a request is what the running jar then does: the same rule answers, or the same member gets
 * the same method, target and fields. Each site is one that operators have.
 */
class ExplainIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** What frames a message or belongs to one connection, which an explanation leaves out. */
    private static final Set<String> FRAMING = Set.of("connection", "content-length", "transfer-encoding", "upgrade");

    /** How a member of the tests shows what AJP carries beside the fields. */
    private static final String AJP_ATTRIBUTE = "ajp-";

    private static WildMembers members;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        members = new WildMembers(WildMembers.certificate());
    }

    @AfterAll
    static void stop() throws IOException {
        members.close();
    }

    static List<WildSite> sites() {
        return WildSite.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sites")
    void isWhatTheRunningJarThenDoes(WildSite site) throws Exception {
        Path files = WildSite.files();
        SoftAssertions all = new SoftAssertions();
        try (WildServer jar = WildServer.jar(site, members.places(), files)) {
            ProxyConfig config =
                    new ConfigLoader().load(jar.configuration().orElseThrow()).config();
            OfflineEngine engine = OfflineEngine.of(config);
            boolean fresh = true;
            for (WildRequest request : site.requests()) {
                WildConversation.arrange(files, request);
                if (isExplained(request)) {
                    Explanation explained = engine.explain(dryRun(jar, request, engine.ports()), true);
                    int status = compare(explained, jar, request, fresh, all);
                    // From here on the running members have a history, which a configuration alone does not tell.
                    fresh &= explained.candidates().size() < 2 && status < 500;
                }
            }
        }
        all.assertAll();
    }

    /** An asterisk is no path, so that no rule is about it. */
    private static boolean isExplained(WildRequest request) {
        return !request.line().endsWith("*");
    }

    private static DryRunRequest dryRun(WildServer server, WildRequest request, DryRunRequest.Ports ports) {
        String[] lines = server.filled(request).split("\r\n\r\n", 2)[0].split("\r\n");
        String[] words = lines[0].split(" ");
        Headers fields = new Headers();
        for (String line : List.of(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            fields.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        String url = (request.isSecure() ? "https://" : "http://") + request.host() + words[1];
        return DryRunRequest.of(words[0] + " " + url, fields, "127.0.0.1", ports);
    }

    private static int compare(
            Explanation explained, WildServer server, WildRequest request, boolean fresh, SoftAssertions all)
            throws IOException, GeneralSecurityException {
        Map<String, Integer> before = members.counts();
        WireMessage response;
        try (RawClient client = WildConversation.client(server, request, FrontDoor.trustingAll())) {
            response = client.send(server.filled(request)).readFinal();
        }
        List<Map.Entry<String, WireMessage>> received = members.since(before);
        if (!explained.decision().equals("forward") || explained.chosen().isEmpty()) {
            all.assertThat(received).as("%s: nothing is forwarded", request).isEmpty();
            all.assertThat(response.status()).as("%s", request).isIn(statuses(explained));
            explained
                    .response()
                    .first("Location")
                    .ifPresent(to -> all.assertThat(response.header("Location"))
                            .as("%s", request)
                            .contains(to));
            return response.status();
        }
        Explanation.Sends sends = explained.sends().orElseThrow();
        if (members.places().get("@DOWN@").equals(authority(sends))) {
            return 503;
        }
        all.assertThat(received).as("%s: one member gets it", request).hasSize(1);
        if (received.size() == 1) {
            String member = members.places().get("@" + received.get(0).getKey().toUpperCase(Locale.ROOT) + "@");
            WireMessage got = received.get(0).getValue();
            if (fresh || explained.candidates().size() < 2) {
                all.assertThat(port(member)).as("%s: the member", request).isEqualTo(port(authority(sends)));
                all.assertThat(fields(got)).as("%s: the fields", request).isEqualTo(fields(sends));
            }
            all.assertThat(got.startLine())
                    .as("%s", request)
                    .isEqualTo(sends.method() + " " + target(sends) + " HTTP/1.1");
        }
        return response.status();
    }

    /** An error page elsewhere is a redirect, and the jar's own connector answers fields that are too large as httpd does. */
    private static List<Integer> statuses(Explanation explained) {
        int status = explained.status().orElseThrow();
        return status == 431 ? List.of(431, 400) : List.of(status, 302);
    }

    private static String port(String authority) {
        return authority.substring(authority.lastIndexOf(':') + 1);
    }

    private static String authority(Explanation.Sends sends) {
        return sends.url().split("/", 4)[2];
    }

    private static String target(Explanation.Sends sends) {
        return "/" + sends.url().split("/", 4)[3];
    }

    private static List<String> fields(Explanation.Sends sends) {
        boolean ajp = sends.url().startsWith("ajp:");
        List<String> fields = new ArrayList<>();
        sends.headers().forEach((name, value) -> {
            if (!FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
                fields.add(ajp ? inLowerCase(name + ": " + value) : name + ": " + value);
            }
        });
        return fields.stream().sorted().toList();
    }

    private static List<String> fields(WireMessage got) {
        boolean ajp = got.headerLines().stream().anyMatch(line -> line.startsWith(AJP_ATTRIBUTE));
        return got.headerLines().stream()
                .filter(line -> !line.startsWith(AJP_ATTRIBUTE)
                        && !FRAMING.contains(
                                line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT)))
                .map(line -> ajp ? inLowerCase(line) : line)
                .sorted()
                .toList();
    }

    /** AJP has codes for common names, so that a member does not see how they were spelt. */
    private static String inLowerCase(String line) {
        int colon = line.indexOf(':');
        return line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon);
    }

    @Test
    void theCommandPrintsWhatTheEngineSays() throws Exception {
        Path file = Leftovers.file("explain.conf", """
                Listen 8080
                <Proxy balancer://shop>
                    BalancerMember http://127.0.0.1:8001 route=a
                    BalancerMember http://127.0.0.1:8002 route=b
                    ProxySet stickysession=SESSION
                </Proxy>
                RequestHeader set X-User %{HTTP_COOKIE}e
                ProxyPass / balancer://shop/
                """);
        String[] request = {
            "--explain",
            file.toString(),
            "GET http://shop.example.com/cart?x=1",
            "-H",
            "Cookie: SESSION=abcdef.b",
            "-H",
            "Authorization: Bearer topsecret",
            "--client",
            "192.0.2.9"
        };
        OfflineEngine engine = OfflineEngine.of(new ConfigLoader().load(file).config());
        Explanation seen = engine.explain(
                DryRunRequest.of(
                        request[2],
                        Headers.of("Cookie", "SESSION=abcdef.b", "Authorization", "Bearer topsecret"),
                        "192.0.2.9",
                        engine.ports()),
                false);

        FairleadJar.Result text = FairleadJar.run(request);
        List<String> withJson = new ArrayList<>(List.of(request));
        withJson.add("--json");
        FairleadJar.Result json = FairleadJar.run(withJson.toArray(String[]::new));

        assertThat(text.output().strip()).isEqualTo(ExplanationFormat.text(seen).strip());
        assertThat(json.output().strip()).isEqualTo(ExplanationFormat.json(seen).strip());
        assertThat(text.output())
                .contains("route 'b'", "* http://127.0.0.1:8002", "SESSION=***", "Bearer ***")
                .doesNotContain("topsecret", "abcdef");
        assertThat(text.exitCode()).isZero();
    }
}
