package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The WAR in the containers that it is promised for: it balances, fails over, streams, and finds its configuration. */
class WarDeploymentIT {
    /** Four times the heap that it has to pass through. */
    private static final long LARGE = 256L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String GET = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";

    @RegisterExtension
    final Members members = new Members();

    private static String cluster(HttpMember a, HttpMember b, String path) {
        return """
                LimitRequestBody 0
                <Proxy balancer://mycluster>
                BalancerMember %s
                BalancerMember %s
                </Proxy>
                ProxyPass %s balancer://mycluster/
                ProxyPassReverse %s balancer://mycluster/
                """.formatted(a.uri(), b.uri(), path, path);
    }

    @ParameterizedTest
    @EveryBuildsContainer
    void balancesOverTwoMembersAndLosesNothingWhenOneDies(Containers container) throws Exception {
        HttpMember a = members.http("a");
        HttpMember b = members.http("b");
        try (Container running =
                container.deploy().configuration(cluster(a, b, "/")).start()) {
            // The start has asked already, until the web application answered.
            a.forget();
            b.forget();
            for (int i = 0; i < 20; i++) {
                assertThat(RawClient.exchange(running.port(), GET).status())
                        .as(running.log())
                        .isEqualTo(200);
            }
            assertThat(List.of(a.count(), b.count())).containsExactly(10, 10);
            assertThat(statusesUnderLoad(running.port(), b)).as(running.log()).containsOnly(200);
        }
    }

    /** 16 clients ask on and on; the member dies when a quarter of the answers are there. */
    private static List<Integer> statusesUnderLoad(int port, HttpMember victim) throws Exception {
        int clients = 16;
        int each = 50;
        CountDownLatch quarter = new CountDownLatch(clients * each / 4);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<List<Integer>>> running = IntStream.range(0, clients)
                    .mapToObj(client -> threads.submit(() -> askOften(port, each, quarter)))
                    .toList();
            assertThat(quarter.await(30, TimeUnit.SECONDS)).isTrue();
            victim.kill();
            List<Integer> statuses = new java.util.ArrayList<>();
            for (Future<List<Integer>> client : running) {
                statuses.addAll(client.get(60, TimeUnit.SECONDS));
            }
            return statuses;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Integer> askOften(int port, int count, CountDownLatch latch) throws IOException {
        List<Integer> statuses = new java.util.ArrayList<>();
        for (int i = 0; i < count; i++) {
            WireMessage response = RawClient.exchange(port, GET);
            statuses.add(response.cut() ? -1 : response.status());
            latch.countDown();
        }
        return statuses;
    }

    @ParameterizedTest
    @EveryBuildsContainer
    void streamsFourTimesItsHeapUpAndDown(Containers container) throws Exception {
        HttpMember large = members.http("large", WarDeploymentIT::echoSize);
        try (Container running = container
                .deploy()
                .jvm("-Xmx64m")
                .configuration("LimitRequestBody 0\nProxyPass / " + large.uri() + "/\n")
                .start()) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            URI uri = URI.create(running.uri() + "/x");
            HttpResponse<InputStream> down =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(size(down.body())).as(running.log()).isEqualTo(LARGE);
            HttpResponse<String> up = client.send(
                    HttpRequest.newBuilder(uri)
                            .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new Zeros(LARGE)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(up.body()).as(running.log()).isEqualTo(LARGE + "");
            HttpResponse<String> known = client.send(
                    HttpRequest.newBuilder(uri)
                            .PUT(HttpRequest.BodyPublishers.fromPublisher(
                                    HttpRequest.BodyPublishers.ofInputStream(() -> new Zeros(LARGE)), LARGE))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(known.body()).as(running.log()).isEqualTo(LARGE + "");
            assertThat(running.log()).doesNotContain("OutOfMemoryError");
        }
    }

    private static void echoSize(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            byte[] size = Long.toString(size(exchange.getRequestBody())).getBytes();
            exchange.sendResponseHeaders(200, size.length);
            exchange.getResponseBody().write(size);
            return;
        }
        boolean wanted = exchange.getRequestURI().getPath().equals("/x");
        exchange.sendResponseHeaders(200, wanted ? LARGE : -1);
        try (OutputStream out = exchange.getResponseBody()) {
            if (wanted) {
                new Zeros(LARGE).transferTo(out);
            }
        }
    }

    private static long size(InputStream in) throws IOException {
        byte[] buffer = new byte[256 * 1024];
        long size = 0;
        int read = in.read(buffer);
        while (read >= 0) {
            size += read;
            read = in.read(buffer);
        }
        return size;
    }

    /** So many bytes, none of them held. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long count) {
            left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = (int) Math.min(left, length);
            Arrays.fill(into, offset, offset + count, (byte) 0);
            left -= count;
            return count == 0 && length > 0 ? -1 : count;
        }

        /** The default one works in steps of 8 KiB. */
        @Override
        public long transferTo(OutputStream out) throws IOException {
            byte[] buffer = new byte[256 * 1024];
            long sum = 0;
            int read = read(buffer, 0, buffer.length);
            while (read >= 0) {
                out.write(buffer, 0, read);
                sum += read;
                read = read(buffer, 0, buffer.length);
            }
            return sum;
        }
    }

    @ParameterizedTest
    @EveryBuildsContainer
    void aContextPathIsTakenAwayAndPutBack(Containers container) throws Exception {
        HttpMember a = members.http("a", exchange -> {
            exchange.getResponseHeaders()
                    .set("Location", "http://" + exchange.getRequestHeaders().getFirst("Host") + "/site/y?z");
            exchange.getResponseHeaders().set("Set-Cookie", "a=b; Path=/site/");
            exchange.sendResponseHeaders(302, -1);
        });
        try (Container running = container
                .deploy()
                .as("app")
                .configuration(
                        "ProxyPass /in/ %s/site/\nProxyPassReverse /in/ %s/site/\nProxyPassReverseCookiePath /site/ /in/\n"
                                .formatted(a.uri(), a.uri()))
                .start()) {
            WireMessage response =
                    RawClient.exchange(running.port(), "GET /app/in/x%2Dy?q HTTP/1.1\r\nHost: shop.example\r\n\r\n");
            assertThat(response.status()).as(running.log()).isEqualTo(302);
            assertThat(a.requests().get(0).target()).isEqualTo("/site/x%2Dy?q");
            assertThat(response.header("Location")).contains("http://shop.example/app/in/y?z");
            assertThat(response.header("Set-Cookie")).contains("a=b; Path=/app/in/");
            assertThat(RawClient.exchange(running.port(), "GET /app/out HTTP/1.1\r\nHost: h\r\n\r\n")
                            .status())
                    .isEqualTo(404);
        }
    }

    /** A file and a program; what the container itself refuses is in its own log only. */
    @ParameterizedTest
    @EnumSource(names = {"TOMCAT_11", "JETTY_12_1"})
    void theAccessLogIsWrittenAndLeftWithTheWebApplication(Containers container) throws Exception {
        HttpMember a = members.http("a");
        Path folder = Leftovers.directory("log");
        Path log = folder.resolve("access.log");
        Path piped = folder.resolve("piped.log");
        try (Container running = container
                .deploy()
                .as("app")
                .property(TomcatBase.BACKGROUND_SECONDS, "1")
                .setting(container == Containers.TOMCAT_11 ? "server" : "jetty.deploy.scanInterval", "1")
                .configuration("""
                        ServerName www.example.com
                        <Proxy balancer://cl>
                            BalancerMember %s route=r1
                        </Proxy>
                        <Location /denied>
                            Require all denied
                        </Location>
                        ProxyPass /gone !
                        ProxyPass / balancer://cl/
                        LogFormat "%%h|%%u|%%H|%%r|%%U|%%q|%%s|%%>s|%%b|%%B|%%X|%%k|%%v|%%V|%%{User-Agent}i|%%{Content-Length}o|\
                        %%{BALANCER_WORKER_ROUTE}e|%%{FAIRLEAD_ATTEMPTS}e" all
                        CustomLog %s all
                        CustomLog "|$cat >> %s" "%%m %%U %%>s"
                        """.formatted(a.uri(), log, piped))
                .start()) {
            for (String request : List.of(
                    "GET /app/x%20y?q=1 HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: a\"b\r\n\r\n",
                    "POST /app/up HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc",
                    "GET /app/denied HTTP/1.1\r\nHost: h\r\n\r\n",
                    "GET /app/gone HTTP/1.1\r\nHost: h\r\n\r\n")) {
                RawClient.exchange(running.port(), request);
            }
            List<String> lines = List.of(
                    "127.0.0.1|-|HTTP/1.1|GET /app/x%20y?q=1 HTTP/1.1|/app/x y|?q=1|200|200|1|1|+|-|www.example.com|"
                            + "shop.example|a\\\"b|1|r1|1",
                    "127.0.0.1|-|HTTP/1.1|POST /app/up HTTP/1.1|/app/up||200|200|1|1|+|-|www.example.com|h|-|1|r1|1",
                    "127.0.0.1|-|HTTP/1.1|GET /app/denied HTTP/1.1|/app/denied||403|403|117|117|+|-|www.example.com|h|-"
                            + "|117|-|-",
                    "127.0.0.1|-|HTTP/1.1|GET /app/gone HTTP/1.1|/app/gone||404|404|-|0|+|-|www.example.com|h|-|-|-|-");
            // A line is written when its client has its answer, and may be asking again.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Files.readAllLines(log))
                            .as(running.log())
                            .containsExactlyInAnyOrderElementsOf(lines));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Files.readAllLines(piped))
                            .containsExactlyInAnyOrder(
                                    "GET /app/x y 200",
                                    "POST /app/up 200",
                                    "GET /app/denied 403",
                                    "GET /app/gone 404"));
            assertThat(open(running, folder)).isNotEmpty();

            Files.delete(running.base().resolve("webapps/app.war"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(open(running, folder)).isEmpty());
        }
    }

    /** What of this folder the process has open, and what programs it has. */
    private static List<String> open(Container container, Path folder) throws IOException {
        List<String> open = new ArrayList<>();
        ProcessHandle.of(container.pid()).orElseThrow().children().forEach(child -> open.add(child + ""));
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + container.pid() + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                Path file = Files.readSymbolicLink(descriptor);
                if (file.startsWith(folder)) {
                    open.add(file + "");
                }
            }
        } catch (NoSuchFileException e) {
            open.add("closed meanwhile: " + e.getFile());
        }
        return open;
    }

    @ParameterizedTest
    @EveryBuildsContainer
    void withoutAConfigurationItSaysWhereToPutOne(Containers container) throws Exception {
        try (Container running = container.deploy().start()) {
            WireMessage response = RawClient.exchange(running.port(), GET);
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.bodyText() + running.log())
                    .contains("fairlead.config", "FAIRLEAD_CONFIG", "/etc/fairlead/fairlead.conf");
        }
    }

    @ParameterizedTest
    @EveryBuildsContainer
    void aConfigurationThatIsRefusedIsLoggedWithItsLines(Containers container) throws Exception {
        try (Container running = container
                .deploy()
                .configuration("ProxyPas / http://localhost:1/\nProxyPass /a http://localhost:1/\n")
                .start()) {
            assertThat(RawClient.exchange(running.port(), GET).status()).isEqualTo(503);
            assertThat(running.log()).contains("fairlead.conf:1:");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Containers.class, names = "TOMCAT.*", mode = EnumSource.Mode.MATCH_ALL)
    void aTomcatKeepsItsConfigurationInItsConf(Containers container) throws Exception {
        HttpMember a = members.http("a");
        try (Container running = container
                .deploy()
                .file("conf/fairlead.conf", "ProxyPass / " + a.uri() + "/\n")
                .start()) {
            assertThat(RawClient.exchange(running.port(), GET).bodyText()).isEqualTo("a");
        }
    }

    @ParameterizedTest
    @EveryBuildsContainer
    void theEnvironmentNamesItToo(Containers container) throws Exception {
        HttpMember a = members.http("a");
        String file =
                Leftovers.file("any.conf", "ProxyPass / " + a.uri() + "/\n").toString();
        try (Container running =
                container.deploy().environment("FAIRLEAD_CONFIG", file).start()) {
            assertThat(RawClient.exchange(running.port(), GET).bodyText()).isEqualTo("a");
            assertThat(running.log()).contains(file);
        }
    }
}
