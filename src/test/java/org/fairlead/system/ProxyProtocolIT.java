package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PROXY headers in front of HTTP/1.1, HTTP/2 and TLS; httpd is the judge of what a header is. */
class ProxyProtocolIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path FIXTURES =
            Path.of("src/test/resources/org/fairlead/config/tls").toAbsolutePath();
    private static final String V1 = "PROXY TCP4 192.0.2.7 127.0.0.1 4711 443\r\n";
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    private static RawMember member;
    private static FairleadJar plain;
    private static FairleadJar tls;

    @BeforeAll
    static void start() throws IOException {
        member = RawMember.answering(request -> {
            String client = request.headerLines().stream()
                    .filter(line -> line.regionMatches(true, 0, "X-Forwarded-For:", 0, 16))
                    .map(line -> line.substring(16).strip())
                    .findFirst()
                    .orElse("none");
            return "HTTP/1.1 200 OK\r\nContent-Length: " + client.length() + "\r\n\r\n" + client;
        });
        String rules = "\nServerName localhost\n<Location /inner>\nRequire ip 192.0.2.0/24\n</Location>\n"
                + "ProxyPass / http://127.0.0.1:" + member.port() + "/\n";
        plain = FairleadJar.configured("Listen 127.0.0.1:0\nProtocols h2c http/1.1\nRemoteIPProxyProtocol On\n"
                + "LogFormat \"%a %{remote}p\" short\nCustomLog /dev/stdout short" + rules);
        tls = FairleadJar.configured(
                "Listen 127.0.0.1:0\nRemoteIPProxyProtocol Optional\nSSLEngine on\nSSLCertificateFile "
                        + FIXTURES.resolve("rsa.crt") + "\nSSLCertificateKeyFile " + FIXTURES.resolve("rsa.key")
                        + rules);
    }

    @AfterAll
    static void stop() throws IOException {
        if (plain != null) {
            plain.close();
        }
        if (tls != null) {
            tls.close();
        }
        if (member != null) {
            member.close();
        }
    }

    private static byte[] bytes(String header) {
        return header.startsWith("v2 ")
                ? HexFormat.of()
                        .parseHex(header.substring(3).replace(" ", "").replace("SIG", "0d0a0d0a000d0a515549540a"))
                : header.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The client that the member is told of; {@code closed} if there was no response. */
    private static String client(int port, byte[] begin) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(begin);
        all.write(GET.getBytes(StandardCharsets.ISO_8859_1));
        try (RawClient client = RawClient.to(port).timeout(PATIENCE)) {
            client.send(all.toByteArray());
            return client.isClosedByServer() ? "closed" : client.readFinal().bodyText();
        } catch (IOException reset) {
            return "closed";
        }
    }

    private static String response(RawClient client) throws IOException {
        WireMessage response = client.readFinal();
        return response.status() == 200 ? response.bodyText() : Integer.toString(response.status());
    }

    @Test
    void aHeaderIsRequiredAndNamesTheClient() throws Exception {
        try (RawClient client = RawClient.to(plain.port()).timeout(PATIENCE)) {
            assertThat(response(client.send(V1 + GET))).isEqualTo("192.0.2.7");
            assertThat(response(client.send(GET.replace("/ ", "/inner ")))).isEqualTo("192.0.2.7");
        }
        try (RawClient client = RawClient.to(plain.port()).timeout(PATIENCE)) {
            String other = V1.replace("192.0.2.7", "198.51.100.7");
            assertThat(response(client.send(other + GET.replace("/ ", "/inner "))))
                    .isEqualTo("403");
        }
        plain.awaitOutput("192.0.2.7 4711", 2);
        plain.awaitOutput("198.51.100.7 4711", 1);
    }

    @Test
    void aHeaderMayComeInPieces() throws IOException {
        try (RawClient client = RawClient.to(plain.port()).timeout(PATIENCE)) {
            for (String piece : (V1 + GET).split("(?<=\\G.{9})")) {
                client.send(piece);
            }
            assertThat(response(client)).isEqualTo("192.0.2.7");
        }
    }

    @Test
    void itStandsBeforeThePrefaceOfHttp2() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), plain.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(V1.getBytes(StandardCharsets.US_ASCII));
            all.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            all.write(H2Frames.frame(H2Frames.SETTINGS, 0, 0, new byte[0]));
            all.write(H2Frames.frame(
                    H2Frames.HEADERS,
                    H2Frames.END_STREAM | H2Frames.END_HEADERS,
                    1,
                    H2Frames.block(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "h")));
            socket.getOutputStream().write(all.toByteArray());
            StringBuilder seen = new StringBuilder();
            while (seen.indexOf("192.0.2.7") < 0) {
                int b = socket.getInputStream().read();
                assertThat(b).as(seen.toString()).isNotNegative();
                seen.append((char) b);
            }
        }
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            PROXY TCP4 192.0.2.7 127.0.0.1 4711 443\\r\\n | 192.0.2.7
            v2 SIG 21 11 000c c0000207 7f000001 1267 01bb | 192.0.2.7
            ''                                           | 127.0.0.1
            """)
    void itStandsBeforeTls(String header, String expected) throws Exception {
        SSLContext context = FrontDoor.trustingAll();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), tls.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(bytes(header));
            try (SSLSocket secure =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", tls.port(), true)) {
                SSLParameters parameters = secure.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {"http/1.1"});
                secure.setSSLParameters(parameters);
                try (RawClient client = RawClient.over(secure).timeout(PATIENCE)) {
                    assertThat(response(client.send(GET))).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void anExceptionSendsNone() throws IOException {
        try (FairleadJar jar =
                FairleadJar.configured("Listen 127.0.0.1:0\nServerName localhost\nRemoteIPProxyProtocol On\n"
                        + "RemoteIPProxyProtocolExceptions 127.0.0.0/8\nProxyPass / http://127.0.0.1:" + member.port()
                        + "/\n")) {
            assertThat(client(jar.port(), new byte[0])).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void httpdTakesTheSameHeaders() throws IOException {
        Httpd.assumeInstalled();
        String[] headers = {
            V1,
            "PROXY TCP6 2001:db8::7 ::1 4711 443\r\n",
            "v2 SIG 20 00 0000",
            "v2 SIG 21 11 000c c0000207 7f000001 1267 01bb",
            "v2 SIG 21 11 0013 c0000207 7f000001 1267 01bb 04000400000000",
            "v2 SIG 21 21 0024 20010db8000000000000000000000007 00000000000000000000000000000001 1267 01bb",
            "",
            "PROXY TCP4 localhost 127.0.0.1 4711 443\r\n",
            "PROXY TCP4 192.0.2.7\r\n",
            "v2 SIG 11 11 000c c0000207 7f000001 1267 01bb",
            "v2 SIG 22 11 000c c0000207 7f000001 1267 01bb"
        };
        try (Httpd httpd =
                Httpd.start("RemoteIPProxyProtocol On\nProxyPass / http://127.0.0.1:" + member.port() + "/\n")) {
            for (String header : headers) {
                assertThat(client(plain.port(), bytes(header)))
                        .as(header)
                        .isEqualTo(client(httpd.port(), bytes(header)));
            }
        }
    }
}
