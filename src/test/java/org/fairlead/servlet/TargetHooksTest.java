package org.fairlead.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.http.Header;
import org.apache.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hooks of Smiley's servlet, overridden, and what may stand behind them. */
@SuppressWarnings("serial")
class TargetHooksTest {
    @TempDir
    Path folder;

    private TargetFixture start(BalancerServlet servlet, String pattern, String... namesAndValues) throws Exception {
        Map<String, String> params = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new TargetFixture().start(servlet, pattern, params, folder);
    }

    @Test
    void hooksWithoutHttpClient4AreCalledOnOurOwnWay() throws Exception {
        BalancerServlet servlet = new BalancerServlet() {
            @Override
            protected String rewriteQueryStringFromRequest(HttpServletRequest request, String query) {
                return "added=1" + (query == null ? "" : "&" + query);
            }

            @Override
            protected String rewriteUrlFromResponse(HttpServletRequest request, String url) {
                return url + "?seen";
            }

            @Override
            protected String getRealCookie(String field) {
                return "real=1";
            }

            @Override
            protected String getProxyCookieName(HttpCookie cookie) {
                return "mine-" + cookie.getName();
            }

            @Override
            protected String buildProxyCookiePath(HttpServletRequest request) {
                return "/mine";
            }
        };
        try (TargetFixture fixture = start(servlet, "/proxy/*", "targetUri", "TARGET/base")) {
            fixture.answer(exchange -> {
                exchange.getResponseHeaders().add("Location", "/x");
                exchange.getResponseHeaders().add("Set-Cookie", "a=1");
                exchange.sendResponseHeaders(302, -1);
            });
            HttpResponse<String> response = fixture.get("/app/proxy/a?q=v", "Cookie", "z=1");
            assertThat(fixture.last().line()).isEqualTo("GET /base/a?added=1&q=v");
            assertThat(fixture.last().field("Cookie")).isEqualTo("real=1");
            assertThat(response.headers().firstValue("Location")).contains("/x?seen");
            assertThat(response.headers().firstValue("Set-Cookie")).contains("mine-a=1; Path=/mine");
        }
    }

    @Test
    void hooksWithHttpClient4AreCalledToo() throws Exception {
        BalancerServlet servlet = new BalancerServlet() {
            @Override
            protected void copyRequestHeader(HttpServletRequest request, HttpRequest proxied, String name) {
                if (!name.equalsIgnoreCase("X-Secret")) {
                    super.copyRequestHeader(request, proxied, name);
                }
            }

            @Override
            protected void copyRequestHeaders(HttpServletRequest request, HttpRequest proxied) {
                super.copyRequestHeaders(request, proxied);
                proxied.setHeader("X-Added", "1");
            }

            @Override
            protected void copyResponseHeader(HttpServletRequest request, HttpServletResponse response, Header header) {
                if (header.getName().equalsIgnoreCase("X-Own")) {
                    response.addHeader("X-Own", "changed " + header.getValue());
                } else {
                    super.copyResponseHeader(request, response, header);
                }
            }
        };
        try (TargetFixture fixture = start(servlet, "/proxy/*", "targetUri", "TARGET/base")) {
            fixture.answer(exchange -> exchange.getResponseHeaders().add("X-Own", "1"));
            HttpResponse<String> response = fixture.send("POST", "/app/proxy/a", "body", "X-Secret", "s");
            assertThat(fixture.last().field("X-Secret")).isEmpty();
            assertThat(fixture.last().field("X-Added")).isEqualTo("1");
            assertThat(fixture.last().body()).isEqualTo("body");
            assertThat(response.headers().firstValue("X-Own")).contains("changed 1");
            assertThat(response.body()).isEqualTo("from the member");
        }
    }

    @Test
    void aFailureIsGivenToTheHookAsAnException() throws Exception {
        AtomicReference<Exception> given = new AtomicReference<>();
        BalancerServlet servlet = new BalancerServlet() {
            @Override
            protected void handleRequestException(
                    HttpRequest request, org.apache.http.HttpResponse response, Exception e)
                    throws ServletException, IOException {
                given.set(e);
                super.handleRequestException(request, response, e);
            }
        };
        try (TargetFixture fixture = start(servlet, "/proxy/*", "targetUri", "http://127.0.0.1:1")) {
            assertThat(fixture.get("/app/proxy/").statusCode()).isEqualTo(503);
            assertThat(given.get()).isInstanceOf(ConnectException.class);
        }
    }

    @ParameterizedTest(name = "by the parent''s service: {0}")
    @ValueSource(booleans = {false, true})
    void theTargetMayBeABalancerWithFailover(boolean byParent) throws Exception {
        BalancerServlet servlet = byParent ? new TargetUriTest.Hooked() : new BalancerServlet();
        try (TargetFixture fixture = new TargetFixture()) {
            Path file = Files.writeString(folder.resolve("shop.conf"), """
                    <Proxy balancer://shop>
                        BalancerMember http://127.0.0.1:1
                        BalancerMember %s
                    </Proxy>
                    ProxyPass /elsewhere balancer://shop/
                    """.formatted(fixture.origin()));
            fixture.answer(exchange -> {
                exchange.getResponseHeaders().add("Location", fixture.origin() + "/base/x");
                exchange.sendResponseHeaders(302, -1);
            });
            fixture.start(
                    servlet,
                    "/proxy/*",
                    Map.of("targetUri", "balancer://shop/base", "fairlead.config", file.toString()),
                    folder);
            for (int i = 0; i < 4; i++) {
                HttpResponse<String> response = fixture.get("/app/proxy/a%2Fb?q");
                assertThat(response.statusCode()).isEqualTo(302);
                assertThat(response.headers().firstValue("Location"))
                        .contains("http://127.0.0.1:" + fixture.port() + "/app/proxy/x");
                assertThat(fixture.last().line()).isEqualTo("GET /base/a%2Fb?q");
                assertThat(fixture.last().field("Host"))
                        .isEqualTo(fixture.origin().substring("http://".length()));
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            127.0.0.1,       200
            '127.0.0.1 x',   200
            *.0.0.1,         200
            other.example,   403
            """)
    void aUriTemplateLeadsToAllowedHostsOnly(String allowed, int status) throws Exception {
        try (TargetFixture fixture = start(
                new UriTemplateBalancerServlet(),
                "/proxy/*",
                "targetUri",
                "http://{_host}:{_port}/{_path}",
                "allowedHosts",
                allowed)) {
            String port = fixture.origin().substring("http://127.0.0.1:".length());
            assertThat(fixture.get("/app/proxy/a?q=%20x&_host=127.0.0.1&_port=" + port + "&_path=base&r=1")
                            .statusCode())
                    .isEqualTo(status);
            assertThat(fixture.requests()).isEqualTo(status == 200 ? 1 : 0);
            if (status == 200) {
                assertThat(fixture.last().line()).isEqualTo("GET /base/a?q=%20x&r=1");
            }
            assertThat(fixture.get("/app/proxy/a?_host=127.0.0.1").statusCode()).isEqualTo(400);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void aFormThatAFilterHasReadIsWrittenOutAgain(String method) throws Exception {
        Filter reading = (request, response, chain) -> {
            if (method.equals("POST")) {
                request.getParameter("a");
                chain.doFilter(request, response);
            } else {
                chain.doFilter(new ReadForm((HttpServletRequest) request), response);
            }
        };
        try (TargetFixture fixture = new TargetFixture()
                .start(
                        new BalancerServlet(),
                        "/proxy/*",
                        Map.of("targetUri", "TARGET/base"),
                        folder,
                        Optional.of(reading))) {
            assertThat(fixture.send(
                                    method,
                                    "/app/proxy/a?a=query&q=1",
                                    "a=1&b=x+y%26z&a=2&c=%C3%A9",
                                    "Content-Type",
                                    "application/x-www-form-urlencoded")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(fixture.last().line()).isEqualTo(method + " /base/a?a=query&q=1");
            assertThat(fixture.last().body().split("&"))
                    .containsExactlyInAnyOrder("a=1", "a=2", "b=x+y%26z", "c=%C3%A9");
        }
    }

    /** What Spring's FormContentFilter makes of a form that the container itself does not read. */
    private static final class ReadForm extends jakarta.servlet.http.HttpServletRequestWrapper {
        ReadForm(HttpServletRequest request) throws IOException {
            super(request);
            assertThat(new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("a=1&b=x+y%26z&a=2&c=%C3%A9");
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of(
                    "a", new String[] {"query", "1", "2"},
                    "b", new String[] {"x y&z"},
                    "c", new String[] {"é"},
                    "q", new String[] {"1"});
        }
    }

    @ParameterizedTest(name = "mapped to {0}, {1} asks for {2}")
    @CsvSource(textBlock = """
            /*,        /app/a/b.jsp?x,     /a/b.jsp?x
            /p/*,      /app/p/a,           /a
            /p/*,      /app/p,             /
            /,         /app/a/b?x,         /a/b?x
            *.jsp,     /app/a/b.jsp?x,     /a/b.jsp?x
            /one,      /app/one,           /one
            """)
    void aConfiguredServletKeepsItsPathHoweverItIsMapped(String pattern, String path, String expected)
            throws Exception {
        try (TargetFixture fixture = new TargetFixture()) {
            Path file = Files.writeString(folder.resolve("all.conf"), "ProxyPass / " + fixture.origin() + "/\n");
            fixture.start(new BalancerServlet(), pattern, Map.of("fairlead.config", file.toString()), folder);
            fixture.answer(exchange -> {
                exchange.getResponseHeaders().add("Location", "/next");
                exchange.sendResponseHeaders(302, -1);
            });
            HttpResponse<String> response = fixture.get(path);
            assertThat(fixture.last().line()).isEqualTo("GET " + expected);
            assertThat(response.headers().firstValue("Location"))
                    .contains(pattern.equals("/p/*") ? "/app/p/next" : "/app/next");
        }
    }
}
