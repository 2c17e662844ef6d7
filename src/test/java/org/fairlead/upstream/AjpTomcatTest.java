package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.fairlead.balancer.Member;
import org.fairlead.engine.OutgoingRequest;
import org.fairlead.engine.RequestAttributes;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Environment;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests in AJP to a real Tomcat's connector that asks for a secret. */
class AjpTomcatTest {
    private static AjpTomcat tomcat;

    private final PooledUpstream upstream = new PooledUpstream();
    private final Member member =
            MemberBuilder.ajp(tomcat.port()).secret("open sesame").build();

    @BeforeAll
    static void start() throws Exception {
        tomcat = new AjpTomcat("open sesame");
    }

    @AfterAll
    static void stop() throws Exception {
        tomcat.close();
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    private String text(OutgoingRequest request) throws Exception {
        return text(member, request);
    }

    private String text(Member to, OutgoingRequest request) throws Exception {
        try (UpstreamResponse answer = Requests.ask(upstream, to, request)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            answer.copyTo(out);
            return answer.head().status() + " " + out.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private int status(Member to, OutgoingRequest request) throws Exception {
        try (UpstreamResponse answer = Requests.ask(upstream, to, request)) {
            return answer.head().status();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"GET", "HEAD", "OPTIONS", "DELETE", "PUT", "POST", "PATCH", "PROPFIND", "MKCOL", "SEARCH", "FROB"
            })
    void everyMethodArrives(String method) throws Exception {
        String told = text(Requests.of(method, "/a;x=1/%C3%A4?q=%20&r", RequestBody.NONE));
        if (method.equals("HEAD")) {
            assertThat(told).isEqualTo("200 ");
        } else {
            assertThat(told).contains("line=" + method + " /a;x=1/%C3%A4 q=%20&r HTTP/1.1");
        }
        assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(1, 0, 1, 0));
    }

    @Test
    void aConnectionCarriesOneRequestAfterAnother() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(text(Requests.of("POST", "/count", Requests.body("abc"))))
                    .isEqualTo("200 3");
            assertThat(text(Requests.get("/status?204"))).isEqualTo("204 ");
            assertThat(text(Requests.of("HEAD", "/send?100", RequestBody.NONE))).isEqualTo("200 ");
            assertThat(text(Requests.get("/status?304"))).isEqualTo("304 ");
        }
        assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(1, 0, 1, 0));
    }

    @Test
    void withoutTheSecretNothingIsServed() throws Exception {
        assertThat(status(MemberBuilder.ajp(tomcat.port()).build(), Requests.get("/")))
                .isEqualTo(403);
        assertThat(status(MemberBuilder.ajp(tomcat.port()).secret("closed").build(), Requests.get("/")))
                .isEqualTo(403);
    }

    @ParameterizedTest(name = "{0} bytes, length known: {1}")
    @CsvSource({
        "0, true",
        "1, true",
        "8186, true",
        "8187, true",
        "16372, true",
        "100000, true",
        "5000000, true",
        "0, false",
        "1, false",
        "8186, false",
        "8187, false",
        "100000, false",
        "5000000, false"
    })
    void bodiesOfAnySizeArriveAndComeBack(int size, boolean known) throws Exception {
        byte[] bytes = new byte[size];
        new java.util.Random(size).nextBytes(bytes);
        for (String path : new String[] {"/count", "/echo"}) {
            RequestBody body = Requests.body(known ? size : -1, new java.io.ByteArrayInputStream(bytes));
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.of("PUT", path, body))) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                answer.copyTo(out);
                if (path.equals("/echo")) {
                    assertThat(out.toByteArray()).isEqualTo(bytes);
                } else {
                    assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo(Integer.toString(size));
                }
                assertThat(answer.bytesSent()).isEqualTo(size);
            }
        }
        assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(1, 0, 1, 0));
    }

    @Test
    void anAnswerBeforeTheBodyComesThroughAndTheConnectionIsUsedAgain() throws Exception {
        byte[] bytes = new byte[3_000_000];
        for (int i = 0; i < 3; i++) {
            RequestBody body = Requests.body(bytes.length, new java.io.ByteArrayInputStream(bytes));
            assertThat(status(member, Requests.of("POST", "/early", body))).isEqualTo(413);
        }
    }

    @Test
    void theClientItsLoginAndItsVariablesArriveAsAttributes() throws Exception {
        Environment environment = new Environment();
        environment.set("AUTH_TYPE", "Basic");
        environment.set("AJP_Realm", "staff");
        environment.set("OTHER", "not passed on");
        RequestAttributes attributes = new RequestAttributes(
                "HTTP/2.0",
                "shop.example",
                new ClientConnection("192.0.2.7", "192.0.2.1", 4711, "192.0.2.200", 443, true),
                Optional.of("ada"),
                environment,
                name -> switch (name) {
                    case "SSL_CIPHER" -> Optional.of("TLS_AES_128_GCM_SHA256");
                    case "SSL_SESSION_ID" -> Optional.of("AB01");
                    case "SSL_CIPHER_USEKEYSIZE" -> Optional.of("128");
                    case "SSL_PROTOCOL" -> Optional.of("TLSv1.3");
                    default -> Optional.empty();
                });
        OutgoingRequest request = new OutgoingRequest(
                "GET",
                "/",
                Headers.of("Host", "shop.example:8443", "X-One", "\u00e4", "Cookie", "a=1", "Cookie", "b=2"),
                RequestBody.NONE,
                false,
                Optional.empty(),
                Requests.DEAF,
                Optional::empty,
                () -> attributes);
        assertThat(text(request))
                .contains(
                        "HTTP/2.0",
                        "remote=192.0.2.7:4711",
                        "local=192.0.2.200:443",
                        "server=https://shop.example:8443",
                        "user=ada/Basic",
                        "field X-One=\u00e4",
                        "cookie=a=1",
                        "cookie=b=2",
                        "realm=staff",
                        "cipher_suite=TLS_AES_128_GCM_SHA256",
                        "key_size=128",
                        "ssl_session_id=AB01",
                        "TLSv1.3")
                .doesNotContain("not passed on");
    }

    @Test
    void fieldsOfTheAnswerComeThroughRepeatedOnesToo() throws Exception {
        try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.get("/status?302"))) {
            assertThat(answer.head().status()).isEqualTo(302);
            assertThat(answer.head().headers().all("Set-Cookie")).containsExactly("a=1", "b=2");
            assertThat(answer.head().headers().first("Location")).contains("http://inside.example/moved");
            assertThat(answer.head().headers().first("X-Served-By")).contains("ajp");
        }
    }

    @Test
    void aMemberThatIsPingedServesAndIsPingedOnEachConnection() throws Exception {
        Member pinged = MemberBuilder.ajp(tomcat.port())
                .secret("open sesame")
                .ping(java.time.Duration.ofSeconds(20))
                .build();
        for (int i = 0; i < 3; i++) {
            assertThat(text(pinged, Requests.of("POST", "/count", Requests.chunked("abcd"))))
                    .isEqualTo("200 4");
        }
        assertThat(upstream.counts(pinged)).isEqualTo(new PoolCounts(1, 0, 1, 0));
    }

    @Test
    void packetsOf64KiBAreSpokenWhereBothSidesSaySo() throws Exception {
        try (AjpTomcat big = new AjpTomcat("", 65_536)) {
            Member to = MemberBuilder.ajp(big.port()).ioBufferSize(65_536).build();
            String field = "x".repeat(40_000);
            OutgoingRequest request = new OutgoingRequest(
                    "GET",
                    "/",
                    Headers.of("Host", "a", "X-Long", field),
                    RequestBody.NONE,
                    false,
                    Optional.empty(),
                    Requests.DEAF);
            assertThat(text(to, request)).contains("field X-Long=" + field);
            byte[] bytes = new byte[1_000_000];
            try (InputStream in = new java.io.ByteArrayInputStream(bytes)) {
                assertThat(text(to, Requests.of("PUT", "/count", Requests.body(bytes.length, in))))
                        .isEqualTo("200 1000000");
            }
            assertThat(text(to, Requests.get("/send?300000"))).hasSize(300_004);
        }
    }
}
