package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fairlead.engine.AccessRows.Block;
import org.fairlead.engine.AccessRows.Request;
import org.fairlead.system.Httpd;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** That httpd says what the table of access rules says: one httpd, a virtual host for each block. */
class AccessDifferentialIT {
    private static final int PATIENCE_MS = 20_000;

    private static Httpd httpd;

    @TestFactory
    Stream<DynamicNode> httpdAgreesWithTheTable() throws IOException {
        Httpd.assumeInstalled();
        List<Block> blocks = AccessRows.all();
        StringBuilder configuration = new StringBuilder("Define USERS ${ROOT}/users\nDefine GROUPS ${ROOT}/groups\n");
        for (int i = 0; i < blocks.size(); i++) {
            configuration
                    .append("<VirtualHost *:${PORT}>\nServerName r" + i + ".test\n")
                    .append(blocks.get(i).configuration())
                    .append("ProxyPass / http://127.0.0.1:1/\n</VirtualHost>\n");
        }
        httpd = Httpd.start(configuration.toString(), Map.of("users", AccessRows.USERS, "groups", AccessRows.GROUPS));
        Stream<DynamicNode> tests = IntStream.range(0, blocks.size())
                .mapToObj(i -> DynamicTest.dynamicTest(blocks.get(i).name(), () -> agrees(i, blocks.get(i))));
        return tests.onClose(httpd::close);
    }

    private static void agrees(int index, Block block) throws IOException {
        for (Request request : block.requests()) {
            assertThat(answer(index, request)).as(request.toString()).isEqualTo(request.expected());
        }
    }

    /** Nobody listens on port 1, so that 503 says that httpd wanted to go on. */
    private static String answer(int index, Request request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), httpd.port())) {
            socket.setSoTimeout(PATIENCE_MS);
            String head = request.method() + " " + request.path() + " HTTP/1.1\r\nHost: r" + index
                    + ".test\r\nConnection: close\r\n"
                    + request.authorization()
                            .map(a -> "Authorization: " + a + "\r\n")
                            .orElse("")
                    + "\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            String[] lines = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                    .split("\r\n\r\n", 2)[0].split("\r\n");
            String status = lines[0].split(" ")[1];
            String challenge = Stream.of(lines)
                    .filter(line -> line.startsWith("WWW-Authenticate: "))
                    .map(line -> line.substring("WWW-Authenticate:".length()))
                    .findFirst()
                    .orElse("");
            return status.equals("503") ? "200" : status + challenge;
        }
    }
}
