package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Access control over the wire: what reaches neither the member nor the server's own content. */
class AccessIT {
    @RegisterExtension
    final Members members = new Members();

    private static List<String> targets() throws IOException {
        String table = new String(
                Objects.requireNonNull(AccessIT.class.getResourceAsStream("/org/fairlead/engine/bypass.targets"))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        return table.lines().filter(line -> line.startsWith("/")).toList();
    }

    @Test
    void noSpellingOfAProtectedPathReachesAnybody() throws IOException {
        HttpMember member = members.http("m");
        try (FairleadJar jar = FairleadJar.configured("Listen 127.0.0.1:0\nServerName open.test\n"
                + "<Location /admin>\nRequire all denied\n</Location>\n"
                + "<LocationMatch \"^/own/(.*/)?admin(/|$)\">\nOrder allow,deny\n</LocationMatch>\n"
                + "ProxyPass /own !\nProxyPass / " + member.uri() + "/\n"
                + "<VirtualHost *:*>\nServerName open.test\nProxyPass / " + member.uri()
                + "/\n</VirtualHost>\n"
                + "<VirtualHost *:*>\nServerName secret.test\n<Location />\nRequire all denied\n</Location>\n"
                + "ProxyPass / " + member.uri() + "/\n</VirtualHost>\n")) {
            List<String> passed = new ArrayList<>();
            for (String line : lines()) {
                int status = status(jar.port(), line);
                if (status < 400 || status >= 500 || member.count() > 0) {
                    passed.add(line + " -> " + status);
                    member.forget();
                }
            }
            assertThat(passed).isEmpty();
            assertThat(status(jar.port(), "GET /public HTTP/1.1\r\nHost: open.test\r\n"))
                    .isEqualTo(200);
        }
    }

    /** Heads without the empty line at their end. */
    private static List<String> lines() throws IOException {
        List<String> heads = new ArrayList<>();
        for (String target : targets()) {
            heads.add("GET " + target + " HTTP/1.1\r\nHost: open.test\r\n");
        }
        for (String head : List.of(
                "GET http://open.test/admin HTTP/1.1\r\nHost: open.test\r\n",
                "GET http://open.test//admin HTTP/1.1\r\nHost: open.test\r\n",
                "GET http://other.test/%61dmin HTTP/1.1\r\nHost: open.test\r\n",
                "GET http://secret.test/x HTTP/1.1\r\nHost: open.test\r\n",
                "GET /x HTTP/1.1\r\nHost: secret.test\r\n",
                "GET /x HTTP/1.1\r\nHost: SECRET.test\r\n",
                "GET /x HTTP/1.1\r\nHost: secret.test.\r\n",
                "GET /x HTTP/1.1\r\nHost: secret.test:81\r\n",
                "HEAD /admin HTTP/1.1\r\nHost: open.test\r\n",
                "BREW /admin HTTP/1.1\r\nHost: open.test\r\n",
                "POST /admin HTTP/1.1\r\nHost: open.test\r\nContent-Length: 0\r\nX-HTTP-Method-Override: GET\r\n",
                "GET /admin HTTP/1.1\r\nHost: open.test\r\nX-Forwarded-For: 127.0.0.1\r\n",
                "GET /admin HTTP/1.1\r\nHost: open.test\r\nX-Original-URL: /public\r\nX-Rewrite-URL: /public\r\n",
                "GET /admin HTTP/1.1\r\nHost: open.test\r\nAuthorization: Basic YTpi\r\n",
                "GET /admin HTTP/1.1\r\nHost: open.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
                "OPTIONS /admin HTTP/1.1\r\nHost: open.test\r\nMax-Forwards: 0\r\n",
                "GET /admin HTTP/1.0\r\nHost: open.test\r\n")) {
            heads.add(head);
        }
        return heads;
    }

    private static int status(int port, String head) throws IOException {
        try (RawClient client = RawClient.to(port)) {
            boolean isHead = head.startsWith("HEAD");
            client.send(head + "Connection: close\r\n\r\n");
            return (isHead ? client.readHead() : client.read()).status();
        }
    }
}
