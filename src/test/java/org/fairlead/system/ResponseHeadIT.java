package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long the head of a member's response may be, in every protocol and container; and that a refusal is an answer. */
class ResponseHeadIT {
    private static final String GET = "GET /%d/%d HTTP/1.1\r\nHost: h\r\n\r\n";

    @RegisterExtension
    final Members members = new Members();

    /** {@code /COUNT/SIZE}: answers so many fields of so many bytes. */
    private static String cookies(WireMessage request) {
        String[] path = request.startLine().split("[ /]");
        String value = "v".repeat(Integer.parseInt(path[3]));
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n");
        for (int i = 0; i < Integer.parseInt(path[2]); i++) {
            head.append("Set-Cookie: c").append(i).append('=').append(value).append("\r\n");
        }
        return head + "\r\nok";
    }

    private static List<String> sent(int count, int size) {
        return IntStream.range(0, count)
                .mapToObj(i -> "c" + i + "=" + "v".repeat(size))
                .toList();
    }

    @ParameterizedTest(name = "{0} fields of {1} bytes: {2}")
    @CsvSource({
        "1, 100, 200",
        "6, 1000, 200",
        "3, 4000, 200",
        "1, 8100, 200",
        "90, 100, 200",
        "60, 1000, 200",
        "8, 8000, 200",
        "1, 8200, 502",
        "70, 1000, 502",
        "9, 8000, 502"
    })
    void whatAMemberMaySendAClientGets(int count, int size, int status) throws Exception {
        RawMember member = members.answering(ResponseHeadIT::cookies);
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port(), "Protocols h2c http/1.1"))) {
            try (RawClient client = RawClient.to(jar.port())) {
                for (int again = 0; again < 2; again++) {
                    WireMessage answer = client.send(GET.formatted(count, size)).readFinal();
                    assertThat(answer.status()).isEqualTo(status);
                    if (status == 200) {
                        assertThat(answer.headers("Set-Cookie")).hasSize(count).isEqualTo(sent(count, size));
                        assertThat(answer.bodyText()).isEqualTo("ok");
                        assertThat(answer.startLine()).isEqualTo("HTTP/1.1 200 OK");
                    }
                }
            }
            HttpResponse<String> h2 = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(jar.uri() + "/" + count + "/" + size))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(h2.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(h2.statusCode()).isEqualTo(status);
            assertThat(h2.headers().allValues("Set-Cookie")).hasSize(status == 200 ? count : 0);
            assertThat(jar.output().lines().filter(line -> line.contains("Exception")))
                    .isEmpty();
            // The output of another process comes a little later than its responses.
            Awaitility.await()
                    .untilAsserted(() -> assertThat(jar.output().lines().filter(line -> line.contains("BAD_ANSWER")))
                            .hasSize(status == 200 ? 0 : 3));
        }
    }

    @Test
    void responsefieldsizeRaisesTheWholeHeadToo() throws Exception {
        RawMember member = members.answering(ResponseHeadIT::cookies);
        String configuration =
                "Listen 127.0.0.1:0\nProxyPass / http://127.0.0.1:" + member.port() + "/ responsefieldsize=40000\n";
        try (FairleadJar jar = FairleadJar.configured(configuration)) {
            for (int size : List.of(20_000, 39_000)) {
                WireMessage answer = RawClient.exchange(jar.port(), GET.formatted(4, size));
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.headers("Set-Cookie")).hasSize(4);
            }
        }
    }

    @Test
    void aLongHeadIsLoggedWithAllItsFields() throws Exception {
        RawMember member = members.answering(ResponseHeadIT::cookies);
        Path log = Leftovers.directory("log").resolve("access.log");
        try (FairleadJar jar = FairleadJar.configured(
                FrontDoor.plain(member.port(), "CustomLog " + log + " \"%s %O %{Set-Cookie}o\""))) {
            WireMessage answer = RawClient.exchange(jar.port(), GET.formatted(12, 1000));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.size(log) > 0);
            String[] line = Files.readString(log).strip().split(" ", 3);
            assertThat(line[2].split(", ")).hasSize(12);
            assertThat(Integer.parseInt(line[1])).isEqualTo(answer.bytes().length);
        }
    }

    @ParameterizedTest
    @EveryBuildsContainer
    void whereTheContainersLimitIsSmallerTheLogNamesItsSetting(Containers container) throws Exception {
        RawMember member = members.answering(ResponseHeadIT::cookies);
        try (Container running = container
                .deploy()
                .configuration("ProxyPass / http://127.0.0.1:" + member.port() + "/\n")
                .start()) {
            for (int again = 0; again < 2; again++) {
                assertThat(RawClient.exchange(running.port(), GET.formatted(40, 1000))
                                .status())
                        .as(running.log())
                        .isEqualTo(502);
                assertThat(RawClient.exchange(running.port(), GET.formatted(5, 1000))
                                .status())
                        .as(running.log())
                        .isEqualTo(200);
            }
            assertThat(running.log().lines().filter(line -> line.contains("is more than this container sends: raise ")))
                    .hasSize(2);
            assertThat(running.log()).doesNotContain("HeadersTooLargeException");
        }
    }
}
