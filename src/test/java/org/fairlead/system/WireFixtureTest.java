package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.time.Duration;
import java.util.List;
import org.fairlead.system.WireMessage.Framing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves client and members against each other, with nothing between them. */
class WireFixtureTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @RegisterExtension
    final Members members = new Members();

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            HTTP/1.1 200 OK|Content-Length: 3||abc,                          LENGTH,  abc,   false
            HTTP/1.1 200 OK|Content-Length: 4||abc,                          LENGTH,  abc,   true
            HTTP/1.1 200 OK|Transfer-Encoding: chunked||3;x=y|abc|0|T: 1||,  CHUNKED, abc,   false
            HTTP/1.1 200 OK|Transfer-Encoding: chunked||3|abc|,              CHUNKED, abc,   true
            HTTP/1.1 200 OK|Transfer-Encoding: chunked||3|abc|0|,            CHUNKED, abc,   true
            HTTP/1.1 200 OK||abc,                                            CLOSE,   abc,   false
            HTTP/1.1 204 No Content|Content-Length: 3||,                     NONE,    '',    false
            HTTP/1.1 200 O,                                                  NONE,    '',    true
            """)
    void readsEveryFramingAndSeesWhatIsCut(String wire, Framing framing, String body, boolean cut) throws Exception {
        RawMember member = members.raw(conversation -> {
            conversation.readRequest();
            conversation.send(wire.replace("|", "\r\n"));
        });
        WireMessage response = RawClient.exchange(member.port(), GET);
        assertThat(response.bodyText()).isEqualTo(body);
        assertThat(response.framing()).isEqualTo(framing);
        assertThat(response.cut()).isEqualTo(cut);
        assertThat(response.text()).isEqualTo(wire.replace("|", "\r\n"));
    }

    @Test
    void aResetBehindAnUndelimitedBodyIsACut() throws Exception {
        RawMember member = members.raw(conversation -> {
            conversation.readRequest();
            conversation.send("HTTP/1.1 200 OK\r\n\r\nabc");
            conversation.readHead();
            conversation.reset();
        });
        try (RawClient client = RawClient.to(member.port())) {
            client.send(GET).send("GO\r\n\r\n");
            assertThat(client.read().cut()).isTrue();
        }
    }

    @Test
    void oneConnectionCarriesRequestsInARow() throws Exception {
        RawMember member = members.answering(request -> "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"
                + (request.startLine().startsWith("HEAD") ? "" : "abc"));
        try (RawClient client = RawClient.to(member.port())) {
            WireMessage head = client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n").readFinal();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(client.send(GET).read().status()).isEqualTo(103);
            assertThat(client.readFinal().bodyText()).isEqualTo("abc");
            client.timeout(Duration.ofMillis(50));
            assertThat(client.isClosedByServer()).isFalse();
        }
        assertThat(member.requests())
                .extracting(WireMessage::startLine)
                .containsExactly("HEAD / HTTP/1.1", "GET / HTTP/1.1");
        assertThat(member.received()).hasSize(1);
    }

    @Test
    void bytesOfARequestThatNeverBecomesWholeAreRecordedToo() throws Exception {
        RawMember member = members.raw(conversation -> {
            conversation.readRequest();
            conversation.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        });
        try (RawClient client = RawClient.to(member.port())) {
            client.send("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab").finishSending();
            assertThat(client.read().status()).isEqualTo(400);
            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(member.requests().get(0).cut()).isTrue();
        assertThat(new String(member.received().get(0))).endsWith("\r\n\r\nab");
    }

    @Test
    void aRawMemberDiesAndComesBackOnItsPort() throws Exception {
        RawMember member = members.silent();
        try (RawClient client = RawClient.to(member.port())) {
            client.send(GET);
            member.awaitRequests(1);
            member.kill();
            assertThatThrownBy(client::read).isInstanceOf(EOFException.class);
            assertThat(Loopback.accepts(member.port())).isFalse();
        }
        member.restart();
        assertThat(Loopback.accepts(member.port())).isTrue();
    }

    @Test
    void anHttpMemberAnswersItsNameAndDiesAndComesBack() throws Exception {
        HttpMember member = members.http("a");
        WireMessage response = RawClient.exchange(
                member.port(), "POST /p?q=%2F HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nContent-Length: 2\r\n\r\nhi");
        assertThat(response.bodyText()).isEqualTo("a");
        assertThat(response.header("x-member")).contains("a");
        assertThat(RawClient.exchange(member.port(), "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n")
                        .status())
                .isEqualTo(200);
        member.kill();
        member.kill();
        assertThat(Loopback.answers(member.port())).isFalse();
        member.restart();
        assertThat(Loopback.answers(member.port())).isTrue();

        HttpMember.Received received = member.requests().get(0);
        assertThat(received.target()).isEqualTo("/p?q=%2F");
        assertThat(received.header("x-a")).isEqualTo(List.of("1"));
        assertThat(received.body()).asString().isEqualTo("hi");
        assertThat(member.count()).isEqualTo(3);
    }
}
