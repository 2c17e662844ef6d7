package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The jar with nothing but a certificate configured, as scanners look at it from outside: with openssl, curl, and requests
 * that no browser makes. {@link TomcatConfIT} has the like for {@code tomcat-conf/}.
 */
class ProbesIT {
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");
    private static final Path CURL = Path.of("/usr/bin/curl");
    /** What would name the software, its version, or its inner parts. */
    private static final String TELLING =
            "(?is).*(tomcat|coyote|catalina|apache/|fairlead/|java\\.|jdk|exception|\tat ).*";

    private static final Members MEMBERS = new Members();
    private static FairleadJar jar;
    private static RawMember member;

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(
                Files.isExecutable(OPENSSL) && Files.isExecutable(CURL), "SKIPPED: no " + OPENSSL + " or no " + CURL);
        member = MEMBERS.answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        int secure = Loopback.freePort();
        jar = FairleadJar.configured(
                "Listen 127.0.0.1:0\nListen 127.0.0.1:" + secure + "\nProxyPass / http://127.0.0.1:"
                        + member.port() + "/\n<VirtualHost *:" + secure + ">\n" + FrontDoor.certificate("rsa")
                        + "</VirtualHost>\n");
        jar.awaitListeners(2);
    }

    @AfterAll
    static void stop() throws IOException {
        if (jar != null) {
            jar.close();
        }
        MEMBERS.close();
    }

    /** What openssl says of a connection, on which this is typed. */
    private static String handshake(String typed, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                OPENSSL + "",
                "s_client",
                "-connect",
                "127.0.0.1:" + jar.listeners().get(1).getPort()));
        command.addAll(List.of(options));
        Process process = Leftovers.end(
                new ProcessBuilder(command).redirectErrorStream(true).start());
        try (OutputStream in = process.getOutputStream()) {
            in.write(typed.getBytes(StandardCharsets.US_ASCII));
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(textBlock = """
            -tls1_3, '',                          'New, TLSv1.3, Cipher is TLS_AES_'
            -tls1_2, '',                          'New, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384'
            -tls1_2, ECDHE-RSA-CHACHA20-POLY1305, 'New, TLSv1.2, Cipher is ECDHE-RSA-CHACHA20-POLY1305'
            -tls1_1, ALL:@SECLEVEL=0,             alert protocol version
            -tls1,   ALL:@SECLEVEL=0,             alert protocol version
            -tls1_2, kRSA:@SECLEVEL=0,            alert handshake failure
            -tls1_2, aNULL:@SECLEVEL=0,           alert handshake failure
            -tls1_2, eNULL:@SECLEVEL=0,           alert handshake failure
            """)
    void speaksTodaysTlsOnly(String version, String ciphers, String answer) throws IOException {
        String output = ciphers.isEmpty() ? handshake("", version) : handshake("", version, "-cipher", ciphers);
        assertThat(output).contains(answer);
    }

    /** CVE-2009-3555 and its like; nobody has a use for it. */
    @Test
    void aClientCannotNegotiateAnew() throws IOException {
        assertThat(handshake("R\nGET / HTTP/1.1\nHost: h\n\n", "-tls1_2", "-crlf"))
                .contains("RENEGOTIATING")
                .doesNotContain("HTTP/1.1 200");
    }

    @Test
    void compressesNoTlsAndOffersHttp2ByAlpn() throws IOException {
        assertThat(handshake("", "-tls1_2", "-alpn", "h2,http/1.1"))
                .contains("Compression: NONE", "ALPN protocol: h2", "Secure Renegotiation IS supported");
        assertThat(handshake("", "-alpn", "spdy/3")).contains("No ALPN negotiated");
    }

    @ParameterizedTest(name = "listener {0}, curl {1}: {2}")
    @CsvSource({
        "1, --http2,                 2 200",
        "1, --http1.1,               1.1 200",
        "0, --http2,                 1.1 200",
        "0, --http2-prior-knowledge, 0 000",
    })
    void speaksHttp2OverTlsOnly(int listener, String option, String expected) {
        ServerProcess curl = ServerProcess.finish(new ProcessBuilder(
                CURL + "",
                "--silent",
                "--insecure",
                "--output",
                "/dev/null",
                "--write-out",
                "%{http_version} %{http_code}\n",
                option,
                jar.listeners().get(listener) + "/"));
        assertThat(curl.output()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "TRACE / HTTP/1.1|405",
                "TRACE / HTTP/1.0|405",
                "TRACK / HTTP/1.1|200",
                "OPTIONS * HTTP/1.1|200",
                "CONNECT h:443 HTTP/1.1|501",
                "FOO / HTTP/1.1|200",
                "get / HTTP/1.1|200",
                "GET http://other.example/ HTTP/1.1|400",
                "GET /%00 HTTP/1.1|400",
                "GET /..%2f..%2fetc/passwd HTTP/1.1|400",
                "GET /../../etc/passwd HTTP/1.1|400",
                "GET / HTTP/9.8|505",
                "GET / FTP/1.0|400",
                "HELP|400",
                "\u0016\u0003\u0001\u0002|400",
            })
    void answersWhatScannersAskAndTellsNothingOfItself(String probe) throws IOException {
        String line = probe.substring(0, probe.indexOf('|'));
        try (RawClient client = RawClient.to(jar.port())) {
            client.send(line + "\r\nHost: h\r\nSecret: s3cret\r\nConnection: close\r\n\r\n");
            WireMessage answer = client.read();
            assertThat(line + "|" + answer.status()).as(answer.text()).isEqualTo(probe);
            assertThat(answer.text()).doesNotMatch(TELLING).doesNotContain("s3cret");
            assertThat(Stream.of("Server", "X-Powered-By").flatMap(name -> answer.headers(name).stream()))
                    .isEmpty();
        }
    }
}
