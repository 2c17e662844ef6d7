package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes that no path may hold (RFC 3986 3.3) are percent-encoded towards members as in httpd, in both protocols. */
class TargetCharactersIT {
    private static final Members MEMBERS = new Members();
    private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();
    private static FairleadJar jar;

    @BeforeAll
    static void start() throws IOException {
        RawMember member = MEMBERS.answering(request -> {
            SEEN.add(request.startLine());
            return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        });
        String url = "http://127.0.0.1:" + member.port();
        jar = FairleadJar.configured(FrontDoor.plain(
                member.port(),
                "Protocols h2c http/1.1",
                "<Location /closed>",
                "Require all denied",
                "</Location>",
                "RewriteEngine On",
                "RewriteRule ^/rule/(.*)$ " + url + "/to/$1 [P]",
                "ProxyPassMatch ^/match/(.*)$ " + url + "/of/$1",
                "ProxyPass /app " + url + "/site"));
    }

    @AfterAll
    static void stop() throws IOException {
        jar.close();
        MEMBERS.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = ' ', quoteCharacter = '~', textBlock = """
            /x[1]|{2}^`"<>\\y /x%5B1%5D%7C%7B2%7D%5E%60%22%3C%3E%5Cy
            /app/[a]/%5b%7C /site/%5Ba%5D/%5b%7C
            /match/{a}%7b /of/%7Ba%7D%7b
            /rule/a|b /to/a%7Cb
            /é/ÿ /%E9/%FF
            /x?q=[1]|{2}^`"<>\\y /x?q=[1]|{2}^`"<>\\y
            /x?é /x?é
            /[?[ /%5B?[
            /a;b=c,d'(e)*!$&=@:+~~ /a;b=c,d'(e)*!$&=@:+~~
            """)
    void areEncodedInThePathAndNowhereElse(String target, String expected) throws Exception {
        SEEN.clear();
        assertThat(overHttp11(target)).isEqualTo(200);
        assertThat(overHttp2(target)).isEqualTo(H2Frames.HEADERS);
        assertThat(SEEN).containsExactly("GET " + expected + " HTTP/1.1", "GET " + expected + " HTTP/1.1");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', textBlock = """
            /closed\\x
            /\\closed/x
            /x\\..\\closed/x
            /x/..\\closed
            /closed[/../x]/../../closed
            /x\\../closed
            """)
    void openNothing(String target) throws Exception {
        SEEN.clear();
        assertThat(overHttp11(target)).isIn(400, 403, 404);
        overHttp2(target);
        assertThat(SEEN).isEmpty();
    }

    private static int overHttp11(String target) throws IOException {
        return RawClient.exchange(jar.port(), "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n")
                .status();
    }

    private static int overHttp2(String target) throws IOException {
        try (H2Frames frames = H2Frames.to(jar.port())) {
            byte[] head = H2Frames.block(":method", "GET", ":scheme", "http", ":authority", "h", ":path", target);
            frames.send(H2Frames.HEADERS, H2Frames.END_HEADERS | H2Frames.END_STREAM, 1, head);
            return frames.readVerdict().type();
        }
    }
}
