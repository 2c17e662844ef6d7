package org.fairlead.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.http.HttpRequest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The init-params of Smiley's servlet, on our own way and on that of its hooks. */
class TargetUriTest {
    @TempDir
    Path folder;

    /** A subclass with a hook that sees HttpClient 4, so that the parent's own {@code service} runs. */
    static final class Hooked extends BalancerServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void copyRequestHeader(HttpServletRequest request, HttpRequest proxied, String name) {
            super.copyRequestHeader(request, proxied, name);
        }
    }

    enum Way {
        OWN(BalancerServlet::new),
        HOOKS(Hooked::new);

        private final Supplier<BalancerServlet> servlet;

        Way(Supplier<BalancerServlet> servlet) {
            this.servlet = servlet;
        }
    }

    private static Stream<Arguments> onBothWays(String[][] rows) {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(rows).map(row -> {
                    Object[] all = new Object[row.length + 1];
                    all[0] = way;
                    System.arraycopy(row, 0, all, 1, row.length);
                    return Arguments.of(all);
                }));
    }

    private TargetFixture start(Way way, String... namesAndValues) throws Exception {
        Map<String, String> params = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new TargetFixture().start(way.servlet.get(), "/proxy/*", params, folder);
    }

    static Stream<Arguments> targets() {
        return onBothWays(new String[][] {
            // The path behind the mount goes behind the target, and nothing is put between.
            {"TARGET/base", "/app/proxy", "/base"},
            {"TARGET/base", "/app/proxy/", "/base/"},
            {"TARGET/base/", "/app/proxy", "/base/"},
            {"TARGET/one.php", "/app/proxy?x=1", "/one.php?x=1"},
            {"TARGET", "/app/proxy", "/"},
            {"TARGET", "/app/proxy/a/b.html", "/a/b.html"},
            {"TARGET/base", "/app/proxy/a?q=v&w=", "/base/a?q=v&w="},
            {"TARGET/base", "/app/proxy/a?", "/base/a"},
            // Byte for byte as the client wrote it.
            {"TARGET/base", "/app/proxy/a%20b", "/base/a%20b"},
            {"TARGET/base", "/app/proxy/a%2Fb", "/base/a%2Fb"},
            {"TARGET/base", "/app/proxy/a%25b", "/base/a%25b"},
            {"TARGET/base", "/app/proxy/a;v=1/b", "/base/a;v=1/b"},
            {"TARGET/base", "/app/proxy/a//b", "/base/a//b"},
            {"TARGET/base", "/app/proxy/%C3%A9", "/base/%C3%A9"},
            {"TARGET/base", "/app/proxy/a:b@c", "/base/a:b@c"},
            {"TARGET/base", "/app/proxy/p?q=a%3Ab+c%20d", "/base/p?q=a%3Ab+c%20d"},
            {"TARGET/base", "/app/proxy/p?q=a?b", "/base/p?q=a?b"},
            // Dot segments never lead out of the target.
            {"TARGET/base", "/app/proxy/a/../b", "/base/b"},
        });
    }

    @ParameterizedTest(name = "{0}: {1} and {2} make {3}")
    @MethodSource("targets")
    void theRestOfThePathGoesBehindTheTarget(Way way, String target, String path, String expected) throws Exception {
        try (TargetFixture fixture = start(way, "targetUri", target)) {
            assertThat(fixture.get(path).statusCode()).isEqualTo(200);
            assertThat(fixture.last().line()).isEqualTo("GET " + expected);
        }
    }

    static Stream<Arguments> requestFields() {
        return onBothWays(new String[][] {
            {"", "", "", "X-Forwarded-For", "127.0.0.1"},
            {"", "", "", "X-Forwarded-Proto", "http"},
            {"", "X-Forwarded-For", "10.1.1.1", "X-Forwarded-For", "10.1.1.1, 127.0.0.1"},
            {"", "X-Forwarded-Proto", "https", "X-Forwarded-Proto", "http"},
            {"forwardip=false", "", "", "X-Forwarded-For", ""},
            {"forwardip=FALSE", "", "", "X-Forwarded-Proto", ""},
            {"forwardip=false", "X-Forwarded-For", "10.1.1.1", "X-Forwarded-For", "10.1.1.1"},
            {"", "", "", "Host", "MEMBER"},
            {"preserveHost=true", "", "", "Host", "CLIENT"},
            {"", "", "", "Via", ""},
            {"", "X-Own", "a=b;c", "X-Own", "a=b;c"},
            {"", "Accept-Encoding", "br", "Accept-Encoding", "br"},
            {"", "Proxy-Authorization", "x", "Proxy-Authorization", ""},
            {"", "TE", "trailers", "TE", ""},
            {"", "Keep-Alive", "5", "Keep-Alive", ""},
            // Cookies: only those that came from the member go back to it, under their own names.
            {"", "Cookie", "a=1", "Cookie", ""},
            {"", "Cookie", "!Proxy!proxya=1", "Cookie", "a=1"},
            {"", "Cookie", "x=0; !Proxy!proxya=1; !Proxy!proxyb=2; y=3", "Cookie", "a=1; b=2"},
            {"", "Cookie", "!Proxy!proxya=b=c==", "Cookie", "a=b=c=="},
            {"", "Cookie", "!Proxy!proxya=", "Cookie", "a="},
            {"", "Cookie", "!Proxy!othera=1", "Cookie", ""},
            {"preserveCookies=true", "Cookie", "a=1; b=2", "Cookie", "a=1; b=2"},
        });
    }

    @ParameterizedTest(name = "{0}: with {1}, {2}: {3} the member sees {4}: {5}")
    @MethodSource("requestFields")
    void theMemberSeesTheFieldsThatTheInitParamsAskFor(
            Way way, String param, String name, String value, String looked, String expected) throws Exception {
        String[] pair = param.isEmpty() ? new String[] {"log", "false"} : param.split("=");
        try (TargetFixture fixture = start(way, "targetUri", "TARGET/base", pair[0], pair[1])) {
            fixture.get("/app/proxy/a", name.isEmpty() ? new String[0] : new String[] {name, value});
            assertThat(fixture.last().field(looked))
                    .isEqualTo(expected.replace("MEMBER", fixture.origin().substring(7))
                            .replace("CLIENT", "127.0.0.1:" + fixture.port()));
        }
    }

    static Stream<Arguments> responseFields() {
        return onBothWays(new String[][] {
            {"", "Location", "TARGET/base/x?y=z#f", "CLIENT/app/proxy/x?y=z#f"},
            {"", "Location", "TARGET/base", "CLIENT/app/proxy"},
            {"", "Location", "/base/x", "/app/proxy/x"},
            {"", "Location", "/basement", "/basement"},
            {"", "Location", "/other", "/other"},
            {"", "Location", "x/y", "x/y"},
            {"", "Location", "//other.example/base", "//other.example/base"},
            {"", "Location", "http://other.example/base/x", "http://other.example/base/x"},
            {"", "Set-Cookie", "a=1", "!Proxy!proxya=1; Path=/app/proxy"},
            {"", "Set-Cookie", "a=1; Path=/base; HttpOnly", "!Proxy!proxya=1; Path=/app/proxy; HttpOnly"},
            {"", "Set-Cookie", "a=1; Domain=.m.example", "!Proxy!proxya=1; Path=/app/proxy"},
            {"", "Set-Cookie", "a=1; SameSite=Lax", "!Proxy!proxya=1; Path=/app/proxy; SameSite=Lax"},
            {"", "Set-Cookie", "a=1; Secure", "!Proxy!proxya=1; Path=/app/proxy"},
            {"preserveCookies=true", "Set-Cookie", "a=1; Path=/base", "a=1; Path=/app/proxy"},
            {"preserveCookiePath=true", "Set-Cookie", "a=1; Path=/base", "!Proxy!proxya=1; Path=/base"},
            {"", "X-Own", "x", "x"},
            {"", "Proxy-Authenticate", "x", ""},
        });
    }

    @ParameterizedTest(name = "{0}: with {1}, the member''s {2}: {3} becomes {4}")
    @MethodSource("responseFields")
    void theClientSeesTheFieldsThatTheInitParamsAskFor(
            Way way, String param, String name, String value, String expected) throws Exception {
        String[] pair = param.isEmpty() ? new String[] {"log", "true"} : param.split("=");
        try (TargetFixture fixture = start(way, "targetUri", "TARGET/base", pair[0], pair[1])) {
            fixture.answer(exchange -> {
                exchange.getResponseHeaders().add(name, value.replace("TARGET", fixture.origin()));
                exchange.sendResponseHeaders(name.equals("Location") ? 302 : 200, -1);
            });
            HttpResponse<String> response = fixture.get("/app/proxy/a");
            assertThat(response.headers().firstValue(name))
                    .isEqualTo(Optional.of(expected.replace("CLIENT", "http://127.0.0.1:" + fixture.port()))
                            .filter(text -> !text.isEmpty()));
        }
    }

    static Stream<Arguments> bodies() {
        return onBothWays(new String[][] {
            {"POST", "a=b&c=d", "application/x-www-form-urlencoded"},
            {"POST", "{}", "application/json"},
            {"PUT", "text", "text/plain"},
            {"PATCH", "text", "text/plain"},
            {"DELETE", "text", "text/plain"},
            {"OPTIONS", "", "text/plain"},
            {"HEAD", "", "text/plain"},
        });
    }

    @ParameterizedTest(name = "{0}: {1} {2} {3}")
    @MethodSource("bodies")
    void methodsAndBodiesPassAsTheyAre(Way way, String method, String body, String type) throws Exception {
        try (TargetFixture fixture = start(way, "targetUri", "TARGET/base")) {
            assertThat(fixture.send(method, "/app/proxy/a", body, "Content-Type", type)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(fixture.last().line()).isEqualTo(method + " /base/a");
            assertThat(fixture.last().body()).isEqualTo(body);
            assertThat(fixture.last().field("Content-Type")).isEqualTo(type);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aMemberThatIsNotThereIs503AndHasNoRest(Way way) throws Exception {
        try (TargetFixture fixture = start(way, "targetUri", "http://127.0.0.1:1/base")) {
            assertThat(fixture.get("/app/proxy").statusCode()).isEqualTo(503);
            assertThat(fixture.get("/app/proxy").statusCode()).isEqualTo(503);
        }
    }

    static Stream<Way> ways() {
        return Stream.of(Way.values());
    }
}
