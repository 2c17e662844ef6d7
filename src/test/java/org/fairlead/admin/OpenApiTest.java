package org.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.http.JsonReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API's description says what the code does: each path, method and key, and no other. */
class OpenApiTest {
    @TempDir
    private static Path folder;

    private final Map<String, Object> document = document();
    private AdminFixture admin;

    private static Map<String, Object> document() {
        try (InputStream in = ApiHandler.class.getResourceAsStream("openapi.json")) {
            return JsonReader.object(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() throws Exception {
        admin = AdminFixture.start(folder, """
                RequestRecorder On sample=0
                <Proxy balancer://shop>
                    BalancerMember http://127.0.0.1:1 route=a hcmethod=TCP
                    BalancerMember http://127.0.0.1:2 route=b
                    ProxySet stickysession=SID growth=1
                </Proxy>
                ProxyPass /app balancer://shop/app
                <Location /api>
                    SetHandler fairlead-api
                    Require ip 127.0.0.1
                </Location>
                """);
        assertThat(ask("POST", "/v1/balancers/shop/members/a/orders", "{\"set\":{\"draining\":true}}")
                        .status())
                .isEqualTo(200);
        admin.asked(FakeExchange.get("/app/x?key=value").named("kept"));
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private FakeExchange ask(String method, String path, String body) throws Exception {
        String target = "/api"
                + path.replace("{balancer}", "shop").replace("{member}", "a").replace("{request}", "kept");
        return admin.ask(method, target, body, "Content-Type", "application/json", "Authorization", "x");
    }

    private static Map<?, ?> map(Object json, String... keys) {
        Object found = json;
        for (String key : keys) {
            found = ((Map<?, ?>) found).get(key);
        }
        return found == null ? Map.of() : (Map<?, ?>) found;
    }

    private Map<?, ?> schema(Map<?, ?> schema) {
        Object reference = schema.get("$ref");
        return reference == null
                ? schema
                : map(document, "components", "schemas", reference.toString().replaceAll(".*/", ""));
    }

    @Test
    void everyPathIsThereWithItsMethodsAndNoOther() throws Exception {
        for (Object key : map(document, "paths").keySet()) {
            Map<?, ?> path = map(document, "paths", key.toString());
            FakeExchange read = ask("GET", key.toString(), "");
            FakeExchange written = ask("POST", key + "?dryrun", "{}");

            assertThat(read.status()).as("GET " + key).isIn(path.containsKey("get") ? List.of(200) : List.of(404, 405));
            assertThat(written.status())
                    .as("POST " + key)
                    .isIn(path.containsKey("post") ? List.of(400, 409, 200) : List.of(405));
        }
    }

    @Test
    void everyResourceIsDescribed() {
        TreeSet<String> described = new TreeSet<>();
        map(document, "paths")
                .keySet()
                .forEach(path ->
                        described.add(path.toString().replaceFirst("/v1/", "").replaceFirst("/.*", "")));
        described.remove("");

        assertThat(described).isEqualTo(new TreeSet<>(ApiPath.RESOURCES));
    }

    @Test
    void everyResponseHasTheDescribedKeysAndTypesOnly() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Object key : map(document, "paths").keySet()) {
            Map<?, ?> schema = map(document, "paths", key.toString());
            if (schema.containsKey("get")) {
                Map<?, ?> content = map(schema, "get", "responses", "200", "content");
                if (!content.isEmpty()) {
                    Object json = JsonReader.read(ask("GET", key.toString(), "").text());
                    check(json, map(content, "application/json", "schema"), key.toString(), wrong);
                }
            }
        }
        String order = "{\"set\":{\"lbset\":3}}";
        check(
                JsonReader.read(ask("POST", "/v1/balancers/shop/members/b/orders", order)
                        .text()),
                Map.of("$ref", "/Changes"),
                "changes",
                wrong);
        check(
                JsonReader.read(ask("POST", "/v1/explain", "{\"url\":\"http://www.example.com/app\"}")
                        .text()),
                Map.of("$ref", "/Explanation"),
                "explain",
                wrong);
        check(JsonReader.read(ask("GET", "/v1/zzz", "").text()), Map.of("$ref", "/Problem"), "problem", wrong);

        assertThat(wrong).isEmpty();
    }

    private void check(Object json, Map<?, ?> reference, String at, List<String> wrong) {
        Map<?, ?> schema = schema(reference);
        Object type = schema.get("type");
        boolean fits = type == null
                || switch (type.toString()) {
                    case "object" -> json instanceof Map;
                    case "array" -> json instanceof Collection;
                    case "string" -> json instanceof String;
                    case "boolean" -> json instanceof Boolean;
                    default -> json instanceof BigDecimal;
                };
        if (!fits) {
            wrong.add(at + " is no " + type + ": " + json);
        } else if (json instanceof Map<?, ?> object && schema.containsKey("properties")) {
            object.forEach((key, value) -> {
                if (map(schema, "properties").containsKey(key)) {
                    check(value, map(schema, "properties", key.toString()), at + "." + key, wrong);
                } else {
                    wrong.add(at + "." + key + " is not described");
                }
            });
        } else if (json instanceof Collection<?> all && schema.containsKey("items")) {
            all.forEach(one -> check(one, map(schema, "items"), at + "[]", wrong));
        }
    }

    @Test
    void theKeysOfOrdersAreTheDescribedOnes() {
        assertThat(map(document, "components", "schemas", "MemberSet", "properties")
                        .keySet())
                .isEqualTo(new java.util.LinkedHashSet<Object>(ApiSet.MEMBER_KEYS));
        assertThat(map(document, "components", "schemas", "BalancerSet", "properties")
                        .keySet())
                .isEqualTo(new java.util.LinkedHashSet<Object>(ApiSet.BALANCER_KEYS));
    }
}
