package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.fairlead.balancer.Member;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.http.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection that a member may have tied to a user serves that client's connection only (RFC 4559, MS-NTHT). */
@Timeout(60)
class ConnectionLoginTest {
    private final PooledUpstream upstream = new PooledUpstream();

    @AfterEach
    void close() {
        upstream.close();
    }

    @ParameterizedTest(name = "request {0}: {1}, answer {2}: {3} -> {4}")
    @CsvSource(delimiter = '|', textBlock = """
            X                   | y                   | X                  | y                           | false
            Authorization       | Basic YTpi          | X                  | y                           | false
            Authorization       | Bearer NTLM         | X                  | y                           | false
            Authorization       | Digest uri="NTLM"   | X                  | y                           | false
            Authorization       | NTLM TlRMTVNTUAAB   | X                  | y                           | true
            authorization       | negotiate YIIJ      | X                  | y                           | true
            Authorization       | NTLMv9 x            | X                  | y                           | false
            Proxy-Authorization | Negotiate YIIJ      | X                  | y                           | true
            X                   | y                   | WWW-Authenticate   | NTLM                        | true
            X                   | y                   | www-authenticate   | Negotiate oYG2              | true
            X                   | y                   | WWW-Authenticate   | Basic realm="a", NTLM       | true
            X                   | y                   | WWW-Authenticate   | Basic realm="a, NTLM"       | false
            X                   | y                   | WWW-Authenticate   | Basic realm="\\", NTLM"    | false
            X                   | y                   | WWW-Authenticate   | Negotiate,Basic realm="a"   | true
            X                   | y                   | WWW-Authenticate   | Digest realm="x", nonce="y" | false
            X                   | y                   | Proxy-Authenticate | NTLM                        | true
            X                   | y                   | Persistent-Auth    | true                        | true
            X                   | y                   | Persistent-Auth    | false                       | false
            """)
    void whatTiesAConnectionToAUser(String asked, String value, String answered, String text, boolean expected) {
        assertThat(ConnectionLogin.mayFollow(Headers.of(asked, value), Headers.of(answered, text)))
                .isEqualTo(expected);
    }

    /** Says on each answer which user its connection has, as a member with Windows logins does. */
    private static RawMember loggingIn() throws IOException {
        return new RawMember(with -> {
            String user = "nobody";
            while (true) {
                String head = with.readHead();
                int at = head.indexOf("Authorization: NTLM ");
                boolean shown = at >= 0;
                if (shown) {
                    user = head.substring(at + 20, head.indexOf('\r', at));
                }
                String offer = user.equals("nobody") ? "WWW-Authenticate: NTLM\r\n" : "";
                with.send("HTTP/1.1 " + (offer.isEmpty() ? "200 OK" : "401 Unauthorized") + "\r\n" + offer
                        + "Content-Length: " + user.length() + "\r\n\r\n" + user);
            }
        });
    }

    private String ask(Member member, String client, String... fields) throws Exception {
        Headers headers = Headers.of(fields);
        headers.addFirst(Headers.of("Host", "localhost"));
        String[] all = new String[headers.size() * 2];
        for (int i = 0; i < headers.size(); i++) {
            all[2 * i] = headers.name(i);
            all[2 * i + 1] = headers.value(i);
        }
        try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.from(client, all))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            answer.copyTo(out);
            return out.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void aUserKeepsItsConnectionAndOthersDoNotGetIt() throws Exception {
        try (RawMember raw = loggingIn()) {
            Member member = raw.member();
            assertThat(ask(member, "a")).isEqualTo("nobody");
            assertThat(ask(member, "a", "Authorization", "NTLM alice")).isEqualTo("alice");
            assertThat(ask(member, "b", "Authorization", "NTLM bob")).isEqualTo("bob");
            assertThat(ask(member, "c")).isEqualTo("nobody");
            for (int i = 0; i < 3; i++) {
                assertThat(ask(member, "a")).isEqualTo("alice");
                assertThat(ask(member, "b")).isEqualTo("bob");
            }
        }
    }

    @Test
    void whereTheClientsConnectionIsNotKnownTheMembersIsClosed() throws Exception {
        try (RawMember raw = loggingIn()) {
            Member member = raw.member();
            assertThat(ask(member, "", "Authorization", "NTLM alice")).isEqualTo("alice");
            assertThat(upstream.counts(member).idle()).isZero();
            assertThat(ask(member, "")).isEqualTo("nobody");
            assertThat(ask(member, "a")).isEqualTo("nobody");
        }
    }

    @Test
    void clientsThatComeAndGoDoNotExhaustAMember() throws Exception {
        try (RawMember raw = loggingIn()) {
            Member member = raw.member();
            for (int i = 0; i < MemberPool.MAX_IDLE_BOUND + 20; i++) {
                ask(member, "client " + i);
            }
            assertThat(upstream.counts(member).idle()).isEqualTo(MemberPool.MAX_IDLE_BOUND);
        }
    }
}
