package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code SetHandler} names, in stock containers: each page is read, and each takes an order. */
class HandlersInContainersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final Members members = new Members();

    private static String location(String path, String handler) {
        return """
                <Location %s>
                    SetHandler %s
                    Require ip 127.0.0.1
                </Location>
                ProxyPass %s !
                """.formatted(path, handler, path);
    }

    private static WireMessage ask(Container container, String target) throws Exception {
        return RawClient.exchange(
                container.port(), "GET " + target + " HTTP/1.1\r\nHost: localhost:" + container.port() + "\r\n\r\n");
    }

    private static WireMessage post(Container container, String target, String type, String body) throws Exception {
        String host = "localhost:" + container.port();
        return RawClient.exchange(
                container.port(),
                "POST " + target + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host + "\r\nContent-Type: "
                        + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static String nonce(Container container) throws Exception {
        Matcher found = Pattern.compile("nonce=([0-9a-f-]{36})")
                .matcher(ask(container, "/balancer-manager").text());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Containers.class,
            names = {"TOMCAT_10_1", "TOMCAT_11", "JETTY_12_1"})
    void eachPageIsReadAndEachTakesAnOrder(Containers make) throws Exception {
        HttpMember a = members.http("a");
        HttpMember b = members.http("b");
        String configuration =
                "ServerName localhost\nProxyStatus On\n<Proxy balancer://shop>\nBalancerMember " + a.uri()
                        + " route=a\nBalancerMember " + b.uri() + " route=b\n</Proxy>\n"
                        + location("/balancer-manager", "balancer-manager")
                        + location("/server-status", "server-status")
                        + location("/console", "fairlead-console")
                        + location("/metrics", "fairlead-metrics")
                        + location("/api", "fairlead-api")
                        + "ProxyPass / balancer://shop/\n";
        String form = "application/x-www-form-urlencoded";
        try (Container container = make.deploy().configuration(configuration).start()) {
            assertThat(ask(container, "/shop").status()).as(container.log()).isEqualTo(200);
            assertThat(ask(container, "/server-status?auto").text())
                    .contains("ServerVersion: Apache/2.4.", "Scoreboard: ", "ProxyBalancer[0]Worker[1]Status: ");
            assertThat(ask(container, "/metrics").text())
                    .contains("fairlead_member_usable{", "http_server_request_duration_seconds_bucket{");
            assertThat(ask(container, "/console").text()).contains("Content-Security-Policy", "balancer://shop", "Up");
            assertThat(ask(container, "/console?file=console.css").status()).isEqualTo(200);
            assertThat(ask(container, "/api/v1/balancers/shop").text()).contains("\"route\":\"a\"");

            String worker = "b=shop&w=" + a.uri() + "&nonce=" + nonce(container);
            assertThat(post(container, "/balancer-manager", form, worker + "&w_status_N=1")
                            .status())
                    .isEqualTo(200);
            assertThat(ask(container, "/server-status?auto").text()).contains("Drn Ok");
            String member = "b=shop&m=" + a.uri().toString().replace(":", "%3A").replace("/", "%2F");
            assertThat(post(container, "/console", form, member + "&do=enable").status())
                    .isEqualTo(303);
            assertThat(ask(container, "/server-status?auto").text()).doesNotContain("Drn Ok");
            assertThat(post(
                                    container,
                                    "/api/v1/balancers/shop/members/a/orders",
                                    "application/json",
                                    "{\"set\":{\"disabled\":true},\"reason\":\"a test\"}")
                            .status())
                    .isEqualTo(200);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(ask(container, "/console").text()).contains("Disabled", "a test"));
        }
    }
}
