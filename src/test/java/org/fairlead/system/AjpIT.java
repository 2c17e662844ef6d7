package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.fairlead.upstream.AjpTomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar in a heap of 64 MiB in front of a real Tomcat's AJP connector, and httpd with the same lines beside it. */
class AjpIT {
    /** Each way; {@code -Dfairlead.ajp.mib=1024} makes it a gibibyte. */
    private static final long MIB = Long.getLong("fairlead.ajp.mib", 256);

    private static final int BLOCK = 1 << 16;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String USERS = Path.of("src/test/resources/wild/files/auth/htpasswd")
            .toAbsolutePath()
            .toString();

    private static AjpTomcat tomcat;
    private static FairleadJar plain;
    private static FairleadJar secure;
    private static Httpd httpd;

    @BeforeAll
    static void start() throws Exception {
        tomcat = new AjpTomcat("sesame");
        plain = FairleadJar.configured("Listen 127.0.0.1:0\n" + site(), "-Xmx64m");
        secure = FairleadJar.configured("Listen 127.0.0.1:0\n" + site() + FrontDoor.certificate("rsa"), "-Xmx64m");
        if (Httpd.isInstalled()) {
            httpd = Httpd.start(site());
        }
    }

    private static String site() {
        return """
                ServerName localhost
                <IfModule proxy_ajp_module>
                <Proxy balancer://b>
                BalancerMember ajp://127.0.0.1:%1$d route=t1 secret=sesame ping=30
                </Proxy>
                <Location /private>
                AuthType Basic
                AuthName "x"
                AuthUserFile "%2$s"
                Require valid-user
                </Location>
                SetEnvIf Request_URI . AJP_Realm=all
                ProxyPass /b/ balancer://b/ stickysession=S
                ProxyPass / ajp://127.0.0.1:%1$d/ secret=sesame
                ProxyPassReverse / ajp://127.0.0.1:%1$d/
                </IfModule>
                """.formatted(tomcat.port(), USERS);
    }

    @AfterAll
    static void stop() throws Exception {
        if (httpd != null) {
            httpd.close();
        }
        if (secure != null) {
            secure.close();
        }
        if (plain != null) {
            plain.close();
        }
        tomcat.close();
    }

    @Test
    void aTlsClientArrivesInHttp2WithItsConnectionAndItsUser() throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(FrontDoor.trustingAll())
                .version(HttpClient.Version.HTTP_2)
                .connectTimeout(PATIENCE)
                .build();
        String login = Base64.getEncoder().encodeToString("alice:wonderland".getBytes(StandardCharsets.US_ASCII));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + secure.port() + "/private/x?y=1"))
                .header("Authorization", "Basic " + login)
                .timeout(PATIENCE)
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.body())
                .contains(
                        "line=GET /private/x y=1 HTTP/2.0",
                        "server=https://localhost:" + secure.port(),
                        "user=alice/Basic",
                        "realm=all",
                        "cipher_suite=TLS_",
                        "key_size=",
                        "secure_protocol=TLSv1.3")
                .doesNotContainIgnoringCase("x-forwarded");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "GET /tell?x=1 HTTP/1.1\r\nHost: shop.example:81\r\nAccept-Language: de\r\nCookie: S=1.t1\r\n\r\n",
                "GET /b/tell HTTP/1.1\r\nHost: shop.example\r\nCookie: S=1.t1\r\n\r\n",
                "OPTIONS /tell? HTTP/1.1\r\nHost: h\r\nReferer: r\r\nUser-Agent: u\r\nX-Own: v\r\n\r\n",
                "FROB /tell HTTP/1.1\r\nHost: h\r\n\r\n",
                "POST /tell HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Type: text/x\r\n\r\nabc",
                "POST /count HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "GET /private/tell HTTP/1.1\r\nHost: h\r\nAuthorization: Basic YWxpY2U6d29uZGVybGFuZA==\r\n\r\n",
                "GET /tell HTTP/1.0\r\n\r\n",
                "GET /status?302 HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /status?404 HTTP/1.1\r\nHost: h\r\n\r\n",
                "HEAD /send?100 HTTP/1.1\r\nHost: h\r\n\r\n"
            })
    void theApplicationSeesWhatItSeesBehindHttpd(String request) throws IOException {
        Httpd.assumeInstalled();
        assertThat(seen(plain.port(), request)).isEqualTo(seen(httpd.port(), request));
    }

    /** Status and sorted lines; ports are each server's own, and Via is what Fairlead adds. */
    private static String seen(int port, String request) throws IOException {
        WireMessage response = RawClient.exchange(port, request);
        String text = response.bodyText()
                .replaceAll("(?m)^(remote=127\\.0\\.0\\.1|local=127\\.0\\.0\\.1):\\d+$", "$1")
                .replaceAll(":" + port + "\\b", ":port")
                .replaceAll("(?m)^field [Vv]ia=.*\\R", "");
        return response.status() + " " + text.lines().sorted().toList();
    }

    @Test
    void bodiesOfFourTimesItsHeapPassBothWays() throws IOException {
        long bytes = MIB << 20;
        byte[] block = new byte[BLOCK];
        try (RawClient client = RawClient.to(plain.port()).timeout(PATIENCE)) {
            client.send("PUT /count HTTP/1.1\r\nHost: h\r\nContent-Length: " + bytes + "\r\n\r\n");
            for (long left = bytes; left > 0; left -= BLOCK) {
                client.output().write(block);
            }
            client.output().flush();
            assertThat(client.read().bodyText()).isEqualTo(Long.toString(bytes));
        }
        try (RawClient client = RawClient.to(plain.port()).timeout(PATIENCE)) {
            client.send("GET /send?" + bytes + " HTTP/1.0\r\n\r\n");
            client.readHead();
            assertThat(drained(client.input(), block)).isEqualTo(bytes);
        }
    }

    private static long drained(InputStream in, byte[] block) throws IOException {
        long bytes = 0;
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
            bytes += n;
        }
        return bytes;
    }

    @ParameterizedTest
    @EveryBuildsContainer
    void theWarSpeaksItToo(Containers container) throws Exception {
        try (Container running = container
                .deploy()
                .configuration("ProxyPass / ajp://127.0.0.1:" + tomcat.port() + "/ secret=sesame")
                .start()) {
            String request = "POST /count HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nabcde";
            assertThat(RawClient.exchange(running.port(), request).bodyText()).isEqualTo("5");
        }
    }
}
