package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The runbook "taking a member out", with the command line and the API of a running process. */
class OperateIT {
    private static final String USERS = "<tomcat-users><user username=\"jmx\" password=\"secret\""
            + " roles=\"manager-jmx,manager-script\"/></tomcat-users>";
    private static final String MANAGER = "<Context docBase=\"${catalina.home}/webapps/manager\" privileged=\"true\"/>";

    @RegisterExtension
    final Members members = new Members();

    private static String configuration(HttpMember a, HttpMember b, String lines) {
        return """
                %s
                <Proxy balancer://shop>
                BalancerMember %s route=a
                BalancerMember %s route=b
                </Proxy>
                <Location /api>
                SetHandler fairlead-api
                Require ip 127.0.0.1
                </Location>
                ProxyPass /api !
                ProxyPass / balancer://shop/
                """.formatted(lines, a.uri(), b.uri());
    }

    private static String steer(int code, String... command) {
        FairleadJar.Result result = FairleadJar.run(command);
        assertThat(result.exitCode())
                .as(String.join(" ", command) + ": " + result.output())
                .isEqualTo(code);
        return result.output();
    }

    private static String post(int port, String path, String json) throws Exception {
        return RawClient.exchange(
                        port,
                        "POST " + path + " HTTP/1.1\r\nHost: localhost:" + port
                                + "\r\nOrigin: http://localhost:" + port
                                + "\r\nContent-Type: application/json\r\nContent-Length: "
                                + json.length() + "\r\n\r\n" + json)
                .text();
    }

    @Test
    void aMemberIsTakenOutAndBroughtBackAndItsOrdersOutliveAKill() throws Exception {
        HttpMember a = members.http("a");
        HttpMember b = members.http("b");
        Path file = Leftovers.file(
                "fairlead.conf", configuration(a, b, "Listen 127.0.0.1:0\nServerName localhost\nBalancerPersist On"));
        String url;
        try (FairleadJar jar = FairleadJar.start("--config", file.toString())) {
            url = api(jar.uri());
            assertThat(steer(0, "--status", url)).contains("FAIRLEAD OK - 2 of 2 members usable");
            assertThat(steer(0, "--drain", url, "shop", "a", "--wait", "60s", "--reason", "new kernel"))
                    .contains("drained");
            a.forget();
            for (int i = 0; i < 6; i++) {
                assertThat(RawClient.exchange(jar.port(), "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .status())
                        .isEqualTo(200);
            }
            assertThat(a.count()).isZero();
            assertThat(steer(2, "--disable", url, "shop", "b")).contains("409", "force");
            steer(2, "--weight", url, "shop", "b", "700");
            steer(0, "--weight", url, "shop", "b", "7");
            jar.kill();
        }
        assertThat(Files.readString(file.resolveSibling("fairlead.state"))).contains("new kernel");
        try (FairleadJar jar = FairleadJar.start("--config", file.toString())) {
            url = api(jar.uri());
            String seen = RawClient.exchange(
                            jar.port(), "GET /api/v1/balancers/shop HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .text();
            assertThat(seen).contains("\"status\":\"Drn Ok\"", "\"loadfactor\":7", "\"reason\":\"new kernel\"");
            steer(0, "--enable", url, "shop", "a");
            a.forget();
            for (int i = 0; i < 16; i++) {
                RawClient.exchange(jar.port(), "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
            assertThat(a.count()).isPositive();
        }
        assertThat(steer(3, "--status", url)).contains("FAIRLEAD UNKNOWN");
    }

    private static String api(URI uri) {
        return "http://localhost:" + uri.getPort() + "/api";
    }

    private static String manager(int port, String target) throws Exception {
        String login = Base64.getEncoder().encodeToString("jmx:secret".getBytes(StandardCharsets.UTF_8));
        return RawClient.exchange(
                        port,
                        "GET /manager/" + target + " HTTP/1.1\r\nHost: localhost:" + port
                                + "\r\nConnection: close\r\nAuthorization: Basic " + login + "\r\n\r\n")
                .text();
    }

    private static void beansAreSeenByTomcatsManagerUntilTheUndeploy(int port) throws Exception {
        String query = "jmxproxy/?qry=org.fairlead:type=Member,*";
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> manager(port, query).contains("Status: Drn Dis"));
        assertThat(manager(port, query)).contains("OK - Number of results: 2", "LoadFactor: 1.0", "OrderedBy: api");
        assertThat(manager(port, "text/undeploy?path=/")).contains("OK - ");
        assertThat(manager(port, "jmxproxy/?qry=org.fairlead:*")).contains("OK - Number of results: 0");
    }

    @Test
    void theSameRunsInTomcat() throws Exception {
        HttpMember a = members.http("a");
        HttpMember b = members.http("b");
        try (Container tomcat = Containers.TOMCAT_11
                .deploy()
                .configuration(configuration(a, b, "ServerName localhost"))
                .file("conf/tomcat-users.xml", USERS)
                .file("conf/Catalina/localhost/manager.xml", MANAGER)
                .start()) {
            String path = "/api/v1/balancers/shop/members/a/orders";

            assertThat(post(tomcat.port(), path + "?wait=60s", "{\"set\":{\"draining\":true},\"then\":\"disable\"}"))
                    .as(tomcat.log())
                    .contains("\"drained\":true");
            List<String> seen = List.of(
                    RawClient.exchange(
                                    tomcat.port(),
                                    "GET /api/v1/members HTTP/1.1\r\nHost: localhost:" + tomcat.port() + "\r\n\r\n")
                            .text(),
                    post(tomcat.port(), "/api/v1/explain", "{\"url\":\"http://localhost/x\"}"));
            assertThat(seen.get(0)).contains("\"status\":\"Drn Dis\"");
            assertThat(seen.get(1)).contains("\"chosen\": \"" + b.uri());
            beansAreSeenByTomcatsManagerUntilTheUndeploy(tomcat.port());
        }
    }
}
