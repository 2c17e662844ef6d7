package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the connector refuses by itself looks as the configuration says, and not like Tomcat. */
class RefusalsIT {
    private static FairleadJar jar;

    @BeforeAll
    static void start() {
        jar = FairleadJar.configured("""
                Listen 127.0.0.1:0
                Protocols h2c http/1.1
                ErrorDocument 414 "say it shorter"
                ErrorDocument 431 "say less"
                RequestReadTimeout header=1
                Header always set X-Always "of every response"
                Header set X-Found "of successes"
                ErrorDocument 400 "our own words"
                ProxyPass / http://127.0.0.1:9/
                """);
    }

    @AfterAll
    static void stop() {
        jar.close();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '>',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "'GET / HTTP/1.1|Host: a|Host: b||' > 400 Bad Request > our own words",
                "'GET / HTTP/1.1||' > 400 Bad Request > our own words",
                "'GET /%00 HTTP/1.1|Host: a||' > 400 Bad Request > our own words",
                "'GET /x\ty HTTP/1.1|Host: a||' > 400 Bad Request > our own words",
                "'GET /.. HTTP/1.1|Host: a||' > 400 Bad Request > our own words",
                "'GET / HTTP/1.1|Host: a|Content-Length: x||' > 400 Bad Request > our own words",
                "'GET / HTTP/9.9|Host: a||' > 505 HTTP Version Not Supported > 505 HTTP Version Not Supported",
                "'POST / HTTP/1.1|Host: a|Transfer-Encoding: foo||' > 501 Not Implemented > 501 Not Implemented",
                "'GET / HTTP/1.1|Host: a|Expect: foo||' > 417 Expectation Failed > 417 Expectation Failed",
                "'GET / HTTP/1.1|Ho' > 408 Request Timeout > 408 Request Timeout"
            })
    void looksAsConfigured(String request, String status, String text) throws Exception {
        WireMessage refusal = RawClient.exchange(jar.port(), request.replace("|", "\r\n"));

        assertThat(refusal.startLine()).isEqualTo("HTTP/1.1 " + status);
        assertThat(refusal.header("X-Always")).contains("of every response");
        assertThat(refusal.header("X-Found")).isEmpty();
        assertThat(refusal.bodyText())
                .contains(text)
                .doesNotContain("HTTP Status")
                .doesNotContain("525D76");
    }

    static Stream<Arguments> tooLong() {
        String host = "Host: a\r\n";
        return Stream.of(
                arguments("a line over the limit", line(9_000) + host, 414),
                arguments("a line over the whole head", line(40_000) + host, 414),
                arguments("a line without an end", line(400_000) + host, 414),
                arguments("a long query", "GET /?" + "q".repeat(50_000) + " HTTP/1.1\r\n" + host, 414),
                arguments("a method without an end", "G".repeat(50_000), 414),
                arguments("a field over the limit", line(1) + host + "X: " + "x".repeat(9_000) + "\r\n", 431),
                arguments("a field over the whole head", line(1) + host + "X: " + "x".repeat(60_000) + "\r\n", 431),
                arguments("a field over the whole head, and no host", line(1) + "X: " + "x".repeat(60_000), 431),
                arguments("a name without an end", line(1) + host + "x".repeat(60_000), 431),
                arguments("long fields together", line(1) + host + ("X: " + "x".repeat(8_000) + "\r\n").repeat(8), 431),
                arguments("a field too many", line(1) + host + "X: x\r\n".repeat(100), 431),
                arguments("thousands of fields", line(1) + host + "X: x\r\n".repeat(5_000), 431),
                arguments("a long line and long fields", line(20_000) + host + "X: " + "x".repeat(60_000), 431),
                arguments(
                        "a wrong line in front of long fields",
                        "GET /\u0001 HTTP/1.1\r\nX: " + "x".repeat(60_000),
                        400));
    }

    private static String line(int characters) {
        return "GET /" + "p".repeat(characters) + " HTTP/1.1\r\n";
    }

    @ParameterizedTest(name = "{0} -> {2}")
    @MethodSource("tooLong")
    void whatIsTooLongIsToldFromWhatIsWrong(String name, String head, int status) throws Exception {
        WireMessage refusal;
        try (RawClient client = RawClient.to(jar.port())) {
            try {
                client.send(head + "\r\n");
            } catch (IOException e) {
                // It has answered and closed before all was sent.
            }
            refusal = client.readFinal();
        }

        assertThat(refusal.status()).isEqualTo(status);
        assertThat(refusal.header("X-Always")).contains("of every response");
        assertThat(refusal.bodyText())
                .isEqualTo(
                        switch (status) {
                            case 414 -> "say it shorter";
                            case 431 -> "say less";
                            default -> "our own words";
                        });
    }

    @ParameterizedTest(name = "{0} -> {3}")
    @CsvSource({
        "a path over the limit, 9000, 0, 414",
        "a path over the whole head, 40000, 0, 414",
        "a field over the limit, 1, 9000, 431",
        "a field over the whole head, 1, 40000, 431"
    })
    void saysTheSameInHttp2(String name, int path, int field, int status) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(jar.uri().resolve("/" + "p".repeat(path)));
        if (field > 0) {
            request.header("X", "x".repeat(field));
        }

        HttpResponse<String> refusal = overHttp2(request.build());

        assertThat(refusal.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(refusal.statusCode()).isEqualTo(status);
        assertThat(refusal.headers().firstValue("X-Always")).contains("of every response");
        assertThat(refusal.body()).isEqualTo(status == 414 ? "say it shorter" : "say less");
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 150, 900})
    void tooManyFieldsInHttp2Are431(int fields) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(jar.uri());
        for (int i = 0; i < fields; i++) {
            request.header("X-" + i, "x");
        }

        HttpResponse<String> refusal = overHttp2(request.build());

        assertThat(refusal.statusCode()).isEqualTo(431);
        assertThat(refusal.body()).isEqualTo("say less");
    }

    private static HttpResponse<String> overHttp2(HttpRequest request) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        // The first request of a connection asks for the change to HTTP/2.
        client.send(HttpRequest.newBuilder(jar.uri()).build(), HttpResponse.BodyHandlers.discarding());
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
