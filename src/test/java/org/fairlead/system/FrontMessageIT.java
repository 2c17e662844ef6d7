package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the jar does on HTTP/1.1 beyond heads and bodies: interim answers, trailers, early ends. */
class FrontMessageIT {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @RegisterExtension
    final Members members = new Members();

    @Test
    void requestTrailersReachTheMemberButNoneThatFramesRoutesOrAuthenticates() throws Exception {
        RawMember member = members.answering(request -> OK);
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port()))) {
            RawClient.exchange(
                    jar.port(),
                    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                            + "2\r\nhi\r\n0\r\nX-Sum: 42\r\nNobody-Knows: me\r\nContent-Length: 9\r\nAuthorization: b\r\n"
                            + "X-Forwarded-For: 1.2.3.4\r\n\r\n");
            assertThat(member.requests().get(0).trailers())
                    .map(String::toLowerCase)
                    .containsExactlyInAnyOrder("x-sum: 42", "nobody-knows: me");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2\r\nhi\r\n", "1\r\na\r\n3\r\nb\r\n\r\n", "5\r\n0\r\n\r\n\r\n"})
    void aBodyInChunksThatIsAllThereLeavesInOneWriteWithItsHead(String chunks) throws Exception {
        RawMember member = members.raw(conversation -> {
            byte[] first = new byte[65536];
            int length = conversation.input().read(first);
            String seen = new String(first, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
            conversation.send(seen.endsWith("0\r\n\r\n") ? OK : "HTTP/1.1 500 In pieces\r\nContent-Length: 0\r\n\r\n");
        });
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port()))) {
            String head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
            WireMessage answer = RawClient.exchange(jar.port(), head + chunks + "0\r\n\r\n");
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2\r\nhi\r\n"})
    void answerTrailersReachTheClientBehindAShortBodyToo(String chunk) throws Exception {
        RawMember member = members.answering(
                request -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + "0\r\nX-Sum: 42\r\n\r\n");
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port()))) {
            WireMessage answer = RawClient.exchange(jar.port(), "GET / HTTP/1.1\r\nHost: h\r\nTE: trailers\r\n\r\n");
            assertThat(answer.cut()).isFalse();
            assertThat(answer.trailers()).map(String::toLowerCase).containsExactly("x-sum: 42");
        }
    }

    @Test
    void earlyHintsComeBeforeTheAnswerAndLeaveNothingInIt() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        RawMember member = members.raw(conversation -> {
            conversation.readRequest();
            conversation.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
            boolean early = seen.await(20, TimeUnit.SECONDS);
            conversation.send(early ? OK : "HTTP/1.1 504 Too late\r\nContent-Length: 0\r\n\r\n");
        });
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port()));
                RawClient client = RawClient.to(jar.port())) {
            WireMessage hints = client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").read();
            assertThat(hints.status()).isEqualTo(103);
            assertThat(hints.headers("Link")).containsExactly("</a.css>");
            seen.countDown();
            WireMessage answer = client.read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers("Link")).isEmpty();
        }
    }

    @Test
    void theMembersHundredLetsTheClientGoOn() throws Exception {
        RawMember member = members.raw(conversation -> {
            conversation.readHead();
            conversation.send("HTTP/1.1 100 Continue\r\n\r\n");
            conversation.input().readNBytes(3);
            conversation.send(OK);
        });
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port()));
                RawClient client = RawClient.to(jar.port())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(100);
            assertThat(client.send("abc").read().status()).isEqualTo(200);
            assertThat(member.requests().get(0).headers("Expect")).containsExactly("100-continue");
        }
    }

    @Test
    void theMembersRefusalComesWithoutAHundred() throws Exception {
        RawMember member = members.raw(conversation -> {
            conversation.readHead();
            conversation.send("HTTP/1.1 401 No\r\nContent-Length: 2\r\n\r\nno");
        });
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port()));
                RawClient client = RawClient.to(jar.port())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(401);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 9\r\n\r\nok", "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n"})
    void aCutAnswerLooksCutAndLeavesNoStackTrace(String rest) throws Exception {
        RawMember member = members.raw(conversation -> {
            conversation.readRequest();
            conversation.send("HTTP/1.1 200 OK\r\n" + rest);
        });
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port()))) {
            WireMessage answer = RawClient.exchange(jar.port(), "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.cut()).isTrue();
            assertThat(jar.output()).contains("CUT").doesNotContain("\tat ");
        }
    }

    @Test
    void aClientThatLeavesWithinAnAnswerLeavesNoStackTrace() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        CountDownLatch noticed = new CountDownLatch(1);
        RawMember member = members.raw(conversation -> {
            conversation.readRequest();
            conversation.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n");
            gone.await(10, TimeUnit.SECONDS);
            try {
                while (true) {
                    conversation.send("2000\r\n" + "x".repeat(0x2000) + "\r\n");
                }
            } finally {
                noticed.countDown();
            }
        });
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port()));
                RawClient client = RawClient.to(jar.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").readHead();
            client.reset();
            gone.countDown();
            assertThat(noticed.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(jar.output()).doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1000\r\n\r\nabc",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3"
            })
    void anEarlyAnswerReachesAClientThatHasStalledInItsBody(String stalled) throws Exception {
        CountDownLatch stop = new CountDownLatch(1);
        RawMember member = members.raw(conversation -> {
            conversation.readHead();
            conversation.input().readNBytes(3);
            conversation.send("HTTP/1.1 413 Too much\r\nContent-Length: 3\r\n\r\nbig");
            stop.await(10, TimeUnit.SECONDS);
        });
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port()));
                RawClient client = RawClient.to(jar.port()).timeout(Duration.ofSeconds(10))) {
            WireMessage answer =
                    client.send("POST / HTTP/1.1\r\nHost: h\r\n" + stalled).read();
            stop.countDown();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.bodyText()).isEqualTo("big");
            assertThat(answer.headers("Connection")).containsExactly("close");
        }
    }

    @Test
    void aBodyThatComesTooSlowlyIsEndedWith408() throws Exception {
        RawMember member = members.silent();
        String limits = "RequestReadTimeout header=20-40,MinRate=500 body=1,MinRate=500";
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port(), limits));
                RawClient client = RawClient.to(jar.port())) {
            WireMessage answer = client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nabc")
                    .read();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    /** Who has sent a request line gets an answer; who has sent anything at all gets a line in the log. */
    @Test
    void aHeadThatComesTooSlowlyIsEndedAndLoggedAsInHttpd() throws Exception {
        Httpd.assumeInstalled();
        List<String> expected;
        try (Httpd httpd = Httpd.start(late("${ROOT}/late.log"))) {
            expected = late(httpd.port(), httpd.root().resolve("late.log"));
        }
        Path log = Leftovers.directory("log").resolve("late.log");
        try (FairleadJar jar = FairleadJar.configured("Listen 127.0.0.1:0\n" + late(log + ""))) {
            assertThat(late(jar.port(), log)).isEqualTo(expected);
            // httpd waits a minute for a first byte, we as long as for a head.
            try (RawClient silent = RawClient.to(jar.port())) {
                assertThat(silent.isClosedByServer()).as("silent").isTrue();
            }
        }
        assertThat(expected)
                .containsExactly(
                        "-|408|-|-|-",
                        "GET /fields?q HTTP/1.1|408|-|GET|/fields",
                        "GET /line HTTP/1.1|408|-|GET|/line",
                        "in its fields: 408 close",
                        "in its line: closed",
                        "without fields: 408 close");
    }

    private static String late(String log) {
        return "RequestReadTimeout header=1-2,MinRate=500\nCustomLog " + log + " \"%r|%>s|%X|%m|%U\"\n"
                + "ProxyPass / http://127.0.0.1:1/\n";
    }

    private static List<String> late(int port, Path log) throws Exception {
        List<String> seen = new ArrayList<>();
        try (RawClient inItsLine = RawClient.to(port);
                RawClient withoutFields = RawClient.to(port);
                RawClient inItsFields = RawClient.to(port)) {
            inItsLine.send("GE");
            withoutFields.send("GET /line HTTP/1.1\r\n");
            inItsFields.send("GET /fields?q HTTP/1.1\r\nHost: h\r\n");
            seen.add("in its line: " + (inItsLine.isClosedByServer() ? "closed" : "answered"));
            for (RawClient client : List.of(withoutFields, inItsFields)) {
                WireMessage answer = client.read();
                seen.add((client == inItsFields ? "in its fields: " : "without fields: ") + answer.status() + " "
                        + String.join(",", answer.headers("Connection")));
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(log) && Files.readAllLines(log).size() >= 3);
        seen.addAll(Files.readAllLines(log));
        return seen.stream().sorted().toList();
    }

    @Test
    void noMoreThanSoManyRequestsShareAConnection() throws Exception {
        RawMember member = members.answering(request -> OK);
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port(), "MaxKeepAliveRequests 2"));
                RawClient client = RawClient.to(jar.port())) {
            String request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
            assertThat(client.send(request).read().headers("Connection")).doesNotContain("close");
            assertThat(client.send(request).read().headers("Connection")).containsExactly("close");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void keepAliveOffIsOneRequestAConnection() throws Exception {
        RawMember member = members.answering(request -> OK);
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port(), "KeepAlive Off"));
                RawClient client = RawClient.to(jar.port())) {
            WireMessage answer =
                    client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").read();
            assertThat(answer.headers("Connection")).containsExactly("close");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void anIdleConnectionIsClosedAfterKeepAliveTimeout() throws Exception {
        RawMember member = members.answering(request -> OK);
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port(), "KeepAliveTimeout 1"));
                RawClient client = RawClient.to(jar.port())) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").read().status())
                    .isEqualTo(200);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }
}
