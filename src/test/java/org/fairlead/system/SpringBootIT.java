package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manual's Spring Boot application, compiled against the library and started in a process of its own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SpringBootIT {
    private static final Path PAGE = Path.of("src/site/markdown/spring.md");
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+) ");
    private static final Pattern LIBRARIES = Pattern.compile(
            ".*/(httpclient|httpcore|commons-(?!logging)|snakeyaml|prometheus-|bcrypt|"
                    + "bytes-|smiley-|slf4j-api|spring-|micrometer-|jackson-|HdrHistogram|LatencyUtils|jakarta.annotation)[^/]*\\.jar");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Members MEMBERS = new Members();
    private static Path classes;
    private static HttpMember a;
    private static HttpMember b;
    private static ServerProcess application;
    private static int port;

    @BeforeAll
    static void startTheManualsApplication() throws Exception {
        a = MEMBERS.http("a", exchange -> {
            byte[] body = (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                            + new String(exchange.getRequestBody().readAllBytes()))
                    .getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        });
        b = MEMBERS.http("b");
        classes = Leftovers.directory("spring-boot");
        Path source = Files.writeString(classes.resolve("ShopApplication.java"), block("java"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-d",
                                classes.toString(),
                                "-cp",
                                classPath(),
                                "-proc:none",
                                source.toString()))
                .isZero();
        application = start(block("yml")
                .replace("http://10.0.0.1:8080", a.uri().toString())
                .replace("http://10.0.0.2:8080", b.uri().toString()));
        port = port(application);
    }

    @AfterAll
    static void end() throws IOException {
        if (application != null) {
            application.close();
        }
        MEMBERS.close();
    }

    private static String block(String language) throws IOException {
        String page = Files.readString(PAGE);
        String fence = "```" + language + "\n";
        int start = page.indexOf(fence) + fence.length();
        return page.substring(start, page.indexOf("```", start));
    }

    /** The library, what it hands on, Spring Boot, and Spring Boot's own container and logging. */
    private static String classPath() throws IOException {
        try (Stream<Path> own = Files.list(Path.of(System.getProperty("fairlead.containers", "target/containers"))
                .resolve("spring-boot"))) {
            return Stream.of(
                            Stream.of(
                                    System.getProperty("fairlead.library", "target/library/fairlead.jar"),
                                    classes.toString()),
                            own.sorted().map(Path::toString),
                            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                    .filter(jar -> LIBRARIES.matcher(jar).matches()))
                    .flatMap(entries -> entries)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static ServerProcess start(String properties, String... arguments) throws IOException {
        Path file = Leftovers.file("application.yml", properties);
        List<String> command = new ArrayList<>(List.of(FairleadJar.java()));
        command.addAll(FairleadJar.QUICK_START);
        command.addAll(List.of(
                "-cp",
                classPath(),
                "shop.ShopApplication",
                "--spring.config.location=" + file,
                "--server.address=127.0.0.1",
                "--server.port=0"));
        command.addAll(List.of(arguments));
        return ServerProcess.start(new ProcessBuilder(command));
    }

    private static int port(ServerProcess started) {
        await("Tomcat's port").atMost(PATIENCE).until(() -> {
            assertThat(started.isAlive()).as(started.output()).isTrue();
            return PORT.matcher(started.output()).find();
        });
        return PORT.matcher(started.output())
                .results()
                .map(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private static WireMessage ask(String request) throws IOException {
        try (RawClient client = RawClient.to(port).timeout(PATIENCE)) {
            return client.send(request).readFinal();
        }
    }

    private static WireMessage get(String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
    }

    @Test
    @Order(1)
    void theApplicationKeepsItsTomcatAndItsLogging() throws IOException {
        assertThat(get("/shop/x").status()).isEqualTo(200);
        assertThat(application.output())
                .contains("Apache Tomcat/10.1.48")
                .doesNotContain("multiple SLF4J providers", "ERROR", "Exception");
    }

    /** {@code FormContentFilter} reads all but POST. */
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    @Order(2)
    void formsThatAFilterHasReadReachTheMember(String method) throws IOException {
        String form = "a=1&b=%C3%A4+%26";
        WireMessage response = ask(method + " /shop/f?q=1 HTTP/1.1\r\nHost: h\r\nCookie: JSESSIONID=1.a\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n\r\n"
                + form);
        assertThat(response.bodyText()).isEqualTo(method + " /f?q=1 " + form);
    }

    @Test
    @Order(3)
    void metersAreInTheApplicationsRegistry() throws IOException {
        assertThat(get("/shop/x").status()).isEqualTo(200);
        assertThat(get("/actuator/metrics/fairlead.requests?tag=balancer:shop&tag=status:200")
                        .bodyText())
                .contains("COUNT", a.uri().toString());
        assertThat(get("/actuator/metrics/fairlead.members.usable?tag=balancer:shop")
                        .bodyText())
                .contains("2.0");
    }

    @Test
    @Order(4)
    void theEndpointShowsMembersAndDrainsOne() throws IOException {
        String order = "{\"member\": \"" + b.uri() + "\", \"drain\": true}";
        assertThat(ask("POST /actuator/fairlead/fairlead/shop HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + order.length() + "\r\n\r\n" + order)
                        .status())
                .isEqualTo(204);
        assertThat(get("/actuator/fairlead").bodyText()).contains("\"draining\":true", "\"route\":\"a\"");
    }

    @Test
    @Order(5)
    void healthIsDownWithoutAMember() throws IOException {
        assertThat(get("/actuator/health").bodyText())
                .contains("\"fairlead\":{\"status\":\"UP\"", "of 2 members usable");
        a.kill();
        b.kill();
        await("the members' failure").atMost(PATIENCE).until(() -> {
            get("/shop/x");
            return get("/actuator/health").status() == 503;
        });
        a.restart();
        b.restart();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            proxypass: [{path: /, url: 'htp://a'}] | fairlead.proxypass[0].url
            proxy-pass: [{path: /, url: 'http://a/', tmeout: 5}] | tmeout
            httpd: ProxyPas / http://a/ | ProxyPas
            config: /no/such.conf | /no/such.conf
            proxies: {x: {mapping: /x/*, proxypass: [{path: x, url: 'http://a/'}]}} | fairlead.proxies.x.proxypass[0].path
            """)
    @Order(7)
    void aMistakeKeepsTheApplicationFromStartingAndIsLocated(String property, String named) throws IOException {
        try (ServerProcess refused = start("fairlead: {" + property.strip() + "}")) {
            assertThat(refused.awaitExit()).isEqualTo(1);
            assertThat(refused.output())
                    .contains("APPLICATION FAILED TO START", "Fairlead's configuration is refused", named)
                    .doesNotContain("\tat org.");
        }
    }

    @Test
    @Order(8)
    void severalProxiesHaveEachTheirOwnPathAndMembers() throws IOException {
        String proxies = """
                fairlead.proxies:
                  one: {mapping: /one/*, proxypass: [{path: /, url: '%s/'}]}
                  two: {mapping: '/two/*,/second/*', httpd: 'ProxyPass / %s/'}
                """.formatted(a.uri(), b.uri());
        try (ServerProcess two = start(proxies)) {
            int at = port(two);
            for (String path : List.of("/two/x", "/second/x")) {
                assertThat(RawClient.exchange(at, "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n")
                                .bodyText())
                        .isEqualTo("b");
            }
            assertThat(RawClient.exchange(at, "GET /one/x HTTP/1.1\r\nHost: h\r\n\r\n")
                            .bodyText())
                    .isEqualTo("GET /x ");
        }
    }
}
