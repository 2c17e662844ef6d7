package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.fairlead.system.WireMessage.Framing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Proves the fixtures with the server that we did not write: real httpd between a RawClient and our members. */
class HttpdFixtureIT {
    @RegisterExtension
    final Members members = new Members();

    @BeforeAll
    static void httpdIsThere() {
        Httpd.assumeInstalled();
    }

    @Test
    void httpdBalancesTheSeedConfigurationOverTwoMembers() throws Exception {
        HttpMember a = members.http("a");
        HttpMember b = members.http("b");
        try (Httpd httpd = Httpd.start("""
                <Proxy balancer://mycluster>
                BalancerMember %s
                BalancerMember %s
                </Proxy>
                ProxyPass / balancer://mycluster/
                ProxyPassReverse / balancer://mycluster/
                """.formatted(a.uri(), b.uri()))) {
            for (int i = 0; i < 10; i++) {
                WireMessage response = RawClient.exchange(httpd.port(), "GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(response.status()).as(httpd.log()).isEqualTo(200);
                assertThat(response.header("X-Member")).contains(response.bodyText());
            }
        }
        assertThat(a.count()).isEqualTo(5);
        assertThat(b.count()).isEqualTo(5);
        assertThat(a.requests().get(0).target()).isEqualTo("/x");
    }

    @Test
    void membersRecordTheBytesAndClientsSeeThem() throws Exception {
        RawMember member = members.answering(
                request -> "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        try (Httpd httpd = Httpd.start(
                "AllowEncodedSlashes NoDecode\nProxyPass / " + member.uri() + "/ nocanon\nProxyAddHeaders Off\n")) {
            WireMessage response = RawClient.exchange(
                    httpd.port(), "PUT /a%2Fb?c HTTP/1.1\r\nHost: h\r\ncontent-length: 3\r\nX-oDD:  1\r\n\r\nxyz");
            assertThat(response.framing()).isEqualTo(Framing.CHUNKED);
            assertThat(response.bodyText()).isEqualTo("abcde");
            assertThat(response.cut()).isFalse();
            assertThat(member.awaitRequests(1).get(0).startLine()).isEqualTo("PUT /a%2Fb?c HTTP/1.1");
            assertThat(member.requests().get(0).headerLines()).contains("X-oDD: 1");
            assertThat(member.requests().get(0).bodyText()).isEqualTo("xyz");
            assertThat(member.received().get(0))
                    .isEqualTo(member.requests().get(0).bytes());
        }
    }

    @Test
    void aResponseThatTheMemberBreaksOffIsSeenAsCut() throws Exception {
        RawMember member = members.raw(conversation -> {
            conversation.readRequest();
            conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        });
        try (Httpd httpd = Httpd.start("ProxyPass / " + member.uri() + "/\n")) {
            WireMessage response = RawClient.exchange(httpd.port(), "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(response.cut()).isTrue();
            assertThat(response.bodyText()).isEqualTo("abc");
        }
    }

    @Test
    void errorDocumentsAndOtherFilesStandBesideTheConfiguration() throws Exception {
        String configuration =
                "ErrorDocument 503 /sorry.html\nProxyPass /sorry.html !\nProxyPass / http://127.0.0.1:%d/\n"
                        .formatted(Loopback.freePort());
        try (Httpd httpd = Httpd.start(configuration, Map.of("htdocs/sorry.html", "sorry"))) {
            WireMessage response = RawClient.exchange(httpd.port(), "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.bodyText()).isEqualTo("sorry");
        }
    }

    @Test
    void anErrorInTheConfigurationIsReportedAndNotWaitedFor() {
        assertThat(Httpd.check("ProxyPass / http://127.0.0.1:8000/\n")).contains("Syntax OK");
        assertThat(Httpd.check("ProxyPas / http://127.0.0.1:8000/\n")).contains("Invalid command 'ProxyPas'");
    }
}
