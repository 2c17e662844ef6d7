package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fairlead.access.AccessControl;
import org.fairlead.access.NameService;
import org.fairlead.balancer.Balancer;
import org.fairlead.config.ConfigLoader;
import org.fairlead.engine.AccessRows.Block;
import org.fairlead.engine.AccessRows.Request;
import org.fairlead.engine.ProxyEngine.Outcome;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.model.ProxyConfig;
import org.fairlead.password.PasswordHashes;
import org.fairlead.route.HostTable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Who may, through the whole engine. */
class AccessTest {
    private static final NameService NAMES = new NameService() {
        @Override
        public Optional<String> name(InetAddress address) {
            return address.isLoopbackAddress() ? Optional.of("localhost") : Optional.empty();
        }

        @Override
        public List<InetAddress> addresses(String name) {
            return name.equals("localhost") ? List.of(InetAddress.getLoopbackAddress()) : List.of();
        }
    };

    @TempDir
    private Path folder;

    private final FakeUpstream upstream = new FakeUpstream();

    static ProxyEngine engine(String configuration, FakeUpstream upstream) throws Exception {
        ProxyConfig config =
                new ConfigLoader().load(configuration, "conf", "test.conf").config();
        Map<String, Balancer> balancers = new HashMap<>();
        config.balancers().forEach((name, each) -> balancers.put(name, new Balancer(each)));
        AccessControl access = new AccessControl(new PasswordHashes(), NAMES);
        return new ProxyEngine(config.server(), HostTable.of(config), balancers, upstream, access);
    }

    @TestFactory
    Stream<DynamicNode> agreesWithTheTable() throws Exception {
        String files = AccessRows.files(folder);
        return AccessRows.all().stream()
                .map(block -> DynamicTest.dynamicTest(block.name(), () -> agrees(block, files)));
    }

    private void agrees(Block block, String files) throws Exception {
        String lines = block.configuration();
        ProxyEngine engine = engine(files + lines + "ProxyPass / http://127.0.0.1:1/\n", upstream);
        for (Request request : block.requests()) {
            assertThat(answer(engine, request)).as(request.toString()).isEqualTo(request.expected());
        }
    }

    private String answer(ProxyEngine engine, Request request) throws Exception {
        upstream.answers(200, "");
        Headers headers = new Headers();
        request.authorization().ifPresent(value -> headers.add("Authorization", value));
        FakeExchange client = FakeExchange.of(request.method(), request.path(), headers, RequestBody.NONE)
                .from("127.0.0.1");
        if (engine.handle(client) == Outcome.DECLINED) {
            return "404";
        }
        return client.status()
                + client.answered().first("WWW-Authenticate").map(c -> " " + c).orElse("");
    }

    @Test
    void aChallengeIsNeverRedirected() throws Exception {
        ProxyEngine engine = engine(
                AccessRows.files(folder) + "ErrorDocument 401 http://login.test/\nErrorDocument 403 http://no.test/\n"
                        + "ProxyPass / http://127.0.0.1:1/\n<Location />\nAuthType Basic\nAuthName x\n"
                        + "AuthUserFile ${USERS}\nRequire valid-user\n</Location>\n"
                        + "<Location /no>\nRequire all denied\n</Location>\n",
                upstream);

        assertThat(answer(engine, new Request("GET", "/", Optional.empty(), "")))
                .isEqualTo("401 Basic realm=\"x\"");
        assertThat(answer(engine, new Request("GET", "/no", Optional.empty(), "")))
                .isEqualTo("302");
    }

    @Test
    void overTlsWhatAsksForItIsServed() throws Exception {
        ProxyEngine engine = engine(
                "ProxyPass / http://127.0.0.1:1/\n<Location /tls>\nSSLRequireSSL\n</Location>\n"
                        + "<Location /need>\nRequire ssl\n</Location>\n",
                upstream);
        for (String path : List.of("/tls", "/need")) {
            upstream.answers(200, "");
            FakeExchange client =
                    FakeExchange.get(path).over(new ClientConnection("192.0.2.7", 4711, "192.0.2.1", 443, true));

            engine.handle(client);

            assertThat(client.status()).as(path).isEqualTo(200);
        }
    }

    @Test
    void cryptIsRefused() throws Exception {
        ProxyEngine engine = engine(
                AccessRows.files(folder) + "ProxyPass / http://127.0.0.1:1/\n<Location />\nAuthType Basic\nAuthName x\n"
                        + "AuthUserFile ${USERS}\nRequire valid-user\n</Location>\n",
                upstream);

        assertThat(answer(engine, new Request("GET", "/", Optional.of("dave:geheim"), "")))
                .startsWith("401");
    }

    @Test
    void theUserIsKnownToRulesAndTheMemberSeesTheCredentials() throws Exception {
        ProxyEngine engine = engine(
                AccessRows.files(folder) + "ProxyPass / http://127.0.0.1:1/\n<Location />\nAuthType Basic\nAuthName x\n"
                        + "AuthUserFile ${USERS}\nRequire valid-user\nRequestHeader set X-User %{REMOTE_USER}e\n"
                        + "RequestHeader set X-Type %{AUTH_TYPE}e\n</Location>\n",
                upstream);

        assertThat(answer(engine, new Request("GET", "/", Optional.of("alice:secret"), "")))
                .isEqualTo("200");

        Headers sent = upstream.sent().get(0).request().headers();
        assertThat(sent.first("X-User")).contains("alice");
        assertThat(sent.first("X-Type")).contains("Basic");
        assertThat(sent.first("Authorization")).contains("Basic YWxpY2U6c2VjcmV0");
    }

    @Test
    void theContainersLoginCountsWhereNoAuthTypeDoes() throws Exception {
        ProxyEngine engine = engine(
                "ProxyPass / http://127.0.0.1:1/\n<Location />\nRequire valid-user\n</Location>\n"
                        + "<Location /bob>\nRequire user bob\n</Location>\n",
                upstream);
        upstream.answers(200, "");
        FakeExchange known = FakeExchange.get("/x").loggedInAs("alice");
        FakeExchange other = FakeExchange.get("/bob").loggedInAs("alice");
        FakeExchange stranger = FakeExchange.get("/x");

        engine.handle(known);
        engine.handle(other);
        engine.handle(stranger);

        assertThat(List.of(known.status(), other.status(), stranger.status())).containsExactly(200, 403, 500);
        assertThat(known.environment().get("REMOTE_USER")).contains("alice");
    }
}
