package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Header blocks of HTTP/2 that never come to their end (RFC 9113 4.3, 10.5). */
class HeaderBlocksIT {
    private static final int CONNECTIONS = 1000;
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final byte[] HEAD =
            H2Frames.block(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/");

    @RegisterExtension
    final Members members = new Members();

    @Test
    void endWithTheTimeOfAHead() throws Exception {
        RawMember member = members.answering(request -> OK);
        byte[] whole = H2Frames.frame(H2Frames.HEADERS, H2Frames.END_HEADERS | H2Frames.END_STREAM, 1, HEAD);
        byte[] open = H2Frames.frame(H2Frames.HEADERS, H2Frames.END_STREAM, 3, HEAD);
        byte[] upload = H2Frames.frame(H2Frames.HEADERS, H2Frames.END_HEADERS, 1, HEAD);
        byte[] trailers = H2Frames.frame(H2Frames.HEADERS, H2Frames.END_STREAM, 1, H2Frames.block("a", "b"));
        Map<String, byte[]> kinds = Map.of(
                "a first block", open,
                "a later block", both(whole, open),
                "trailers", both(upload, trailers),
                "a continued block", both(open, H2Frames.frame(H2Frames.CONTINUATION, 0, 3, new byte[0])));
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(
                member.port(),
                "Protocols h2c http/1.1",
                "KeepAliveTimeout 300",
                "Timeout 300",
                "RequestReadTimeout header=1 body=300"))) {
            for (Map.Entry<String, byte[]> kind : kinds.entrySet()) {
                try (H2Frames client = H2Frames.beginningWith(jar.port(), kind.getValue())) {
                    assertThat(client.isSentAway()).as(kind.getKey()).isTrue();
                }
            }
            try (H2Frames client = H2Frames.beginningWith(jar.port(), Arrays.copyOf(whole, whole.length - 1))) {
                assertThat(client.isSentAway()).as("a frame in part").isTrue();
            }
        }
    }

    @Test
    void ofManyConnectionsFitIntoASmallHeap() throws Exception {
        RawMember member = members.answering(request -> OK);
        List<H2Frames> clients = new ArrayList<>();
        try (FairleadJar jar = FairleadJar.configured(
                FrontDoor.plain(
                        member.port(),
                        "Protocols h2c http/1.1",
                        "KeepAliveTimeout 300",
                        "RequestReadTimeout header=300"),
                "-Xmx64m")) {
            byte[] open = H2Frames.frame(H2Frames.HEADERS, H2Frames.END_STREAM, 1, HEAD);
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(H2Frames.beginningWith(jar.port(), open));
                if (i % 100 == 0) {
                    assertServed(jar);
                }
            }
            assertServed(jar);
            assertThat(clients.get(0).isSentAway()).as("the oldest").isTrue();
            try (H2Frames client = H2Frames.to(jar.port())) {
                client.send(H2Frames.HEADERS, H2Frames.END_HEADERS | H2Frames.END_STREAM, 1, HEAD);
                assertThat(client.readVerdict().type()).isEqualTo(H2Frames.HEADERS);
            }
            assertThat(jar.output()).doesNotContain("OutOfMemoryError").contains("heads that have come in part");
        } finally {
            for (H2Frames client : clients) {
                client.close();
            }
        }
    }

    private static byte[] both(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static void assertServed(FairleadJar jar) throws IOException {
        assertThat(RawClient.exchange(jar.port(), "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                        .status())
                .isEqualTo(200);
    }
}
