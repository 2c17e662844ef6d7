package org.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code AuthTokenFile}: scripts log in by a bearer token, the same at every handler and at proxied paths. */
@Timeout(120)
class TokensTest {
    private static final String HANDLERS = """
            <Proxy balancer://shop>
                BalancerMember http://127.0.0.1:1 route=a
                BalancerMember http://127.0.0.1:2 route=b
            </Proxy>
            ProxyPass /app balancer://shop/app
            """;

    private static final String LOCATION = """
            <Location /%1$s>
                SetHandler %2$s
                AuthTokenFile %3$s
                <Limit GET HEAD>
                    Require valid-user
                </Limit>
                <LimitExcept GET HEAD>
                    Require user deploy
                </LimitExcept>
            </Location>
            """;

    private static final String ORDER = "/api/v1/balancers/shop/members/127.0.0.1:1/orders";
    private static final String DRAIN = "{\"set\":{\"draining\":true}}";

    @TempDir
    private static Path folder;

    private Path tokens;
    private AdminFixture admin;

    static String hash(String token) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    }

    @BeforeEach
    void start() throws Exception {
        tokens = Files.createTempFile(folder, "tokens", "");
        Files.writeString(
                tokens,
                "# for scripts\n\ndeploy:operator:" + hash("d3pl0y") + "\nwatch:viewer:"
                        + hash("w4tch").toUpperCase() + "\nother:operator:" + hash("0ther") + "\n");
        admin = AdminFixture.start(
                folder,
                HANDLERS
                        + LOCATION.formatted("api", "fairlead-api", tokens)
                        + LOCATION.formatted("console", "fairlead-console", tokens)
                        + LOCATION.formatted("manager", "balancer-manager", tokens)
                        + LOCATION.formatted("status", "server-status", tokens)
                        + LOCATION.formatted("metrics", "fairlead-metrics", tokens));
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private int get(String target, String authorization) throws Exception {
        return admin.get(target, "Authorization", authorization).status();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/", "/console", "/manager", "/status", "/metrics"})
    void everyHandlerTakesATokenAndNothingElse(String target) throws Exception {
        assertThat(get(target, "Bearer w4tch")).isEqualTo(200);
        assertThat(get(target, "bearer  d3pl0y ")).isEqualTo(200);
        assertThat(admin.get(target).status()).isEqualTo(401);
        assertThat(admin.get(target).answered().first("WWW-Authenticate")).contains("Bearer");
        assertThat(get(target, "Basic d2F0Y2g6dzR0Y2g=")).isEqualTo(401);
        assertThat(get(target, "Bearer w4tcH")).isEqualTo(401);
        assertThat(get(target, "Bearer")).isEqualTo(401);
        assertThat(get(target, "Bearer " + hash("w4tch"))).isEqualTo(401);
        assertThat(admin.get(target, "Authorization", "Bearer w4tch", "Authorization", "Bearer d3pl0y")
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"d3pl0y, 200", "w4tch, 403", "0ther, 403", "none, 401"})
    void theRoleAndTheRequireBothBoundWhatATokenMayOrder(String token, int status) throws Exception {
        assertThat(admin.post(ORDER, DRAIN, "Content-Type", "application/json", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(status);
        assertThat(admin.post("/manager", "b=shop", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(token.equals("d3pl0y") ? 403 : status);
        if (status == 200) {
            assertThat(admin.audited()).contains("\"user\":\"deploy\"").doesNotContain("d3pl0y");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/", "/console", "/manager", "/status", "/metrics"})
    void afterFiveWrongTokensOfAnAddressTheNextHasToWait(String target) throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(get(target, "Bearer guess" + i)).isEqualTo(401);
        }

        assertThat(get(target, "Bearer guess")).isEqualTo(429);
        assertThat(get("/api/v1/", "Bearer guess")).isEqualTo(429);
        assertThat(admin.get(target, "Authorization", "Bearer w4tch").answered().first("Retry-After"))
                .isPresent();
    }

    @Test
    void aChangedFileCountsAtOnceAndABrokenLineAdmitsNoClient() throws Exception {
        assertThat(get("/api/v1/", "Bearer new")).isEqualTo(401);
        Files.writeString(tokens, "broken:operator\nnew:viewer:" + hash("new") + "\nempty:operator:\n");
        Files.setLastModifiedTime(tokens, FileTime.fromMillis(1_000_000));

        Awaitility.await().until(() -> get("/api/v1/", "Bearer new") == 200);
        assertThat(get("/api/v1/", "Bearer d3pl0y")).isEqualTo(401);
        assertThat(get("/api/v1/", "Bearer ")).isEqualTo(401);
        Files.delete(tokens);
        Awaitility.await().until(() -> get("/api/v1/", "Bearer new") != 200);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            deploy                        | name:role:hash
            de ploy:operator:HASH         | name:role:hash
            :operator:HASH                | name:role:hash
            deploy:admin:HASH             | the role viewer or operator
            deploy:operator:secret        | SHA-256
            deploy:operator:HASH0         | SHA-256
            deploy:operator:              | SHA-256
            deploy:operator:HASH:         | name:role:hash
            watch:viewer:HASH             | a name of its own
            """)
    void mistakesInTheFileAreToldWithTheirLine(String line, String expected) throws Exception {
        Files.writeString(tokens, "watch:viewer:" + hash("a") + "\n\n" + line.replace("HASH", hash("b")) + "\n");
        String text = HANDLERS + LOCATION.formatted("api", "fairlead-api", tokens);

        assertThatThrownBy(() -> new ConfigLoader().load(text, "conf", "test.conf"))
                .isInstanceOfSatisfying(ConfigException.class, e -> {
                    assertThat(e.problems()).hasSize(1);
                    assertThat(e.problems().get(0).toString())
                            .contains(tokens + ":3", expected)
                            .doesNotContain("secret");
                });
    }

    @ParameterizedTest(name = "{0} may {1}: {2}")
    @CsvSource({"ann, GET, 200", "ann, POST, 200", "carl, GET, 200", "carl, POST, 401", "eve, GET, 401"})
    void theManualsLocationLetsViewersReadAndOperatorsWrite(String user, String method, int status) throws Exception {
        Path users = Files.writeString(
                Files.createTempFile(folder, "users", ""),
                "ann:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\ncarl:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n");
        String manual = Files.readString(Path.of("src/site/markdown/operating.md"));
        int at = manual.indexOf("<Location /api>", manual.indexOf("## The admin API"));
        String location = manual.substring(at, manual.indexOf("</Location>", at)) + "</Location>\n";
        assertThat(location).contains("AuthUserFile", "Require user ann bob");
        String login = Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));

        try (AdminFixture sample =
                AdminFixture.start(folder, HANDLERS + location.replace("conf/operators.htpasswd", users.toString()))) {
            String target = method.equals("GET") ? "/api/v1/" : ORDER;
            assertThat(sample.ask(
                                    method,
                                    target,
                                    DRAIN,
                                    "Content-Type",
                                    "application/json",
                                    "Authorization",
                                    "Basic " + login)
                            .status())
                    .isEqualTo(status);
        }
    }

    @Test
    void aFileThatCannotBeReadAndOneWithoutARequireAreRefused() {
        for (String text : List.of(
                LOCATION.formatted("api", "fairlead-api", folder.resolve("none")),
                "<Location /api>\nSetHandler fairlead-api\nAuthTokenFile " + tokens + "\n</Location>\n")) {
            assertThatThrownBy(() -> new ConfigLoader().load(HANDLERS + text, "conf", "test.conf"))
                    .isInstanceOf(ConfigException.class);
        }
    }
}
