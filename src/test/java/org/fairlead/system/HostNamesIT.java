package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of hosts are those of RFC 3986 3.2.2, in both protocols; ports end at 65535. */
class HostNamesIT {
    private static final Members MEMBERS = new Members();
    private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();
    private static FairleadJar jar;

    @BeforeAll
    static void start() throws IOException {
        RawMember member = MEMBERS.answering(request -> {
            SEEN.add(request.header("X-Site").orElse("") + " "
                    + request.header("Host").orElse(""));
            return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        });
        String route = "ProxyPreserveHost On\nProxyPass / http://127.0.0.1:" + member.port() + "/\n</VirtualHost>\n";
        jar = FairleadJar.configured("Listen 127.0.0.1:0\nProtocols h2c http/1.1\n"
                + "<VirtualHost *>\nServerName first.example\nRequestHeader set X-Site first\n" + route
                + "<VirtualHost *>\nServerName my_site.example\nServerAlias -a.* a%41b a!$&b ~b..c\n"
                + "RequestHeader set X-Site second\n" + route);
    }

    @AfterAll
    static void stop() throws IOException {
        jar.close();
        MEMBERS.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            my_site.example ¦ second
            MY_SITE.EXAMPLE:8080 ¦ second
            -a.example ¦ second
            a%41b ¦ second
            a!$&b ¦ second
            ~b..c:65535 ¦ second
            _x._tcp.example ¦ first
            a-.example ¦ first
            a'()*+;=b ¦ first
            1.2.3 ¦ first
            999.1.1.1:1 ¦ first
            [::1]:443 ¦ first
            a-label-of-more-than-sixty-three-characters-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example ¦ first
            """)
    void namesOfRfc3986ReachTheirHostAndTheirMember(String host, String site) throws Exception {
        SEEN.clear();
        for (String target : new String[] {"/x", "http://" + host + "/x"}) {
            assertThat(overHttp11(target, host)).isEqualTo(200);
            assertThat(SEEN.poll()).isEqualTo(site + " " + host);
        }
        for (String field : new String[] {":authority", "host"}) {
            assertThat(overHttp2(field, host)).isEqualTo(H2Frames.HEADERS);
            assertThat(SEEN.poll()).isEqualTo(site + " " + host);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h:65536",
                "h:99999",
                "[::1]:70000",
                "h:8x",
                "h:-1",
                "a%4",
                "a%zz",
                "a b",
                "a\\b",
                "a@b",
                "a\"b",
                "a<b",
                "a[b",
                "a{b}",
                "a|b",
                "a^b",
                "[::1",
                "[::g]",
                "::1",
                ":80",
                "a\u00e4"
            })
    void othersAreRefused(String host) throws Exception {
        SEEN.clear();
        assertThat(overHttp11("/x", host)).isEqualTo(400);
        for (String field : new String[] {":authority", "host"}) {
            assertThat(overHttp2(field, host)).isEqualTo(H2Frames.RST_STREAM);
        }
        assertThat(SEEN).isEmpty();
    }

    private static int overHttp11(String target, String host) throws IOException {
        return RawClient.exchange(jar.port(), "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                .status();
    }

    /** Returns the type of the frame that answers; a malformed request is answered with RST_STREAM (RFC 9113 8.1.1). */
    private static int overHttp2(String field, String host) throws IOException {
        byte[] head = field.startsWith(":")
                ? H2Frames.block(":method", "GET", ":scheme", "http", field, host, ":path", "/x")
                : H2Frames.block(":method", "GET", ":scheme", "http", ":path", "/x", field, host);
        try (H2Frames frames = H2Frames.to(jar.port())) {
            frames.send(H2Frames.HEADERS, H2Frames.END_HEADERS | H2Frames.END_STREAM, 1, head);
            return frames.readVerdict().type();
        }
    }
}
