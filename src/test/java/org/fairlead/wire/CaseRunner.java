package org.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fairlead.system.RawClient;
import org.fairlead.system.WireMessage;

/** One case while it runs: a client of its own, and the members that all cases share. One thread. */
final class CaseRunner implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final Row row;
    private final int port;
    private final int number;
    private final WireMember memberA;
    private final WireMember memberB;
    private final boolean foldsNames;
    private final RawClient client;

    CaseRunner(Row row, int port, int number, WireMember memberA, WireMember memberB, boolean foldsNames)
            throws IOException {
        this.row = row;
        this.port = port;
        this.number = number;
        this.memberA = memberA;
        this.memberB = memberB;
        this.foldsNames = foldsNames;
        client = RawClient.to(port).timeout(PATIENCE);
    }

    RawClient client() {
        return client;
    }

    /** Another client of the same proxy; the row closes it. */
    RawClient another() throws IOException {
        return RawClient.to(port).timeout(PATIENCE);
    }

    WireMember memberA() {
        return memberA;
    }

    WireMember memberB() {
        return memberB;
    }

    int port() {
        return port;
    }

    /** Sends bytes; false if the proxy has closed meanwhile. */
    boolean send(String notation) {
        try {
            client.send(Notation.text(notation));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The usual case: bytes there, bytes back, and one of the row's ends. */
    void dialogue() throws IOException {
        send(row.request());
        if (row.isFinishing()) {
            client.finishSending();
        }
        Seen seen = see();
        judge(seen, row.verdicts());
    }

    /** Fails unless one of the ends is what has happened. */
    static void judge(Seen seen, List<Verdict> verdicts) {
        List<Optional<String>> differences =
                verdicts.stream().map(verdict -> verdict.differs(seen)).toList();
        if (differences.stream().noneMatch(Optional::isEmpty)) {
            throw new AssertionError("expected "
                    + String.join(
                            ", or ",
                            differences.stream().flatMap(Optional::stream).toList())
                    + seen);
        }
        assertThat(seen.violations()).as("valid responses").isEmpty();
    }

    /** Reads all responses, and asks on the same connection for one more, of which the answer is known. */
    Seen see() throws IOException {
        List<WireMessage> responses = new ArrayList<>();
        List<Integer> interims = new ArrayList<>();
        boolean closed = false;
        int most = Math.max(1, row.request().split(" HTTP/1\\.[01](\\||␊)", -1).length - 1);
        while (!closed && responses.size() < most) {
            client.timeout(responses.isEmpty() ? PATIENCE : SHORT);
            try {
                WireMessage response = client.read();
                if (response.cut() && !response.text().startsWith("HTTP/")) {
                    // A body without a head: what a client of HTTP/0.9 is answered.
                    closed = true;
                } else if (!response.cut() && response.status() < 200 && response.status() != 101) {
                    interims.add(response.status());
                } else {
                    responses.add(response);
                    closed = response.cut();
                }
            } catch (EOFException e) {
                closed = true;
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                // No status line: what a client of HTTP/0.9 is answered.
                closed = true;
            } catch (SocketTimeoutException e) {
                if (responses.isEmpty()) {
                    throw new AssertionError("no answer within " + PATIENCE + "; members got " + requests(), e);
                }
                most = responses.size();
            }
        }
        client.timeout(PATIENCE);
        if (row.isSettling()) {
            memberA.awaitIdle();
        }
        closed = closed || !answersAfter(responses);
        return new Seen(responses, interims, closed, requests());
    }

    /** Everything that the members have received for this case. */
    List<Received> requests() {
        return Stream.concat(memberA.requests().stream(), memberB.requests().stream())
                .map(request -> foldsNames ? request.spelledAs(Notation.text(row.request())) : request)
                .toList();
    }

    private boolean answersAfter(List<WireMessage> before) throws IOException {
        String target = "/after/" + number;
        try {
            client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            WireMessage response = client.readFinal();
            if (response.status() == 200 && response.bodyText().equals(target)) {
                assertThat(client.isClosedByServer())
                        .as("closed after Connection: close")
                        .isTrue();
                return true;
            }
            throw new AssertionError("the next request on the connection got another's answer: "
                    + Notation.shown(response.bytes()) + " after " + before);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the next request on the connection got no answer, after " + before, e);
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    /** Fails if anybody else's next request gets a wrong answer, or a member had to read what nobody may send. */
    void probe() throws IOException {
        for (int i = 0; i < 2; i++) {
            String target = "/probe/" + number + "-" + i;
            try (RawClient probe = another()) {
                WireMessage response = probe.send("GET " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                        .readFinal();
                assertThat(response.status()).as("next client's status").isEqualTo(200);
                assertThat(response.bodyText()).as("next client's answer").isEqualTo(target);
            }
        }
        assertThat(memberA.violations()).as("what the member had to read").isEmpty();
        assertThat(memberB.violations()).as("what the member had to read").isEmpty();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
