package org.fairlead.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.fairlead.config.ConfigLoader;
import org.fairlead.config.LoadedConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The access log in a container whose connectors are not ours: the servlet says what it can know. */
@Timeout(60)
class ContainerAccessLogTest {
    @TempDir
    Path folder;

    private HttpServer member;
    private Tomcat tomcat;

    @BeforeEach
    void start() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        member = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        member.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length + 2);
            exchange.getResponseBody().write(("<" + new String(body, StandardCharsets.UTF_8) + ">").getBytes());
            exchange.close();
        });
        member.start();
        LoadedConfig config = new ConfigLoader()
                .load(
                        """
                ServerName www.example.com
                CustomLog %s "%%r %%U%%q %%>s %%b %%{User-Agent}i %%{Content-Type}o %%v %%X %%k %%I %%{FAIRLEAD_ATTEMPTS}e %%m"
                Redirect 301 /old http://www.example.com/new
                ProxyPass /a/ http://127.0.0.1:%d/
                """.formatted(
                                        folder.resolve("access.log"),
                                        member.getAddress().getPort()),
                        "conf",
                        "test.conf");
        tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("/shop", folder.toString());
        context.getServletContext().setAttribute(LoadedConfig.class.getName(), config);
        Wrapper servlet = Tomcat.addServlet(context, "balancer", new BalancerServlet());
        servlet.setLoadOnStartup(1);
        servlet.addMapping("/*");
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        member.stop(0);
    }

    private void ask(String path, HttpRequest.Builder request) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
        HttpClient.newHttpClient()
                .send(
                        request.uri(uri)
                                .version(HttpClient.Version.HTTP_1_1)
                                .header("User-Agent", "test")
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
    }

    @Test
    void tellsOfEveryRequestOnce() throws Exception {
        ask("/shop/a/x%20y?q", HttpRequest.newBuilder());
        ask("/shop/a/", HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString("abc")));
        ask("/shop/a/", HttpRequest.newBuilder().method("HEAD", HttpRequest.BodyPublishers.noBody()));
        ask("/shop/old", HttpRequest.newBuilder());
        ask("/shop/nothing", HttpRequest.newBuilder());
        tomcat.stop();

        List<String> lines = Files.readAllLines(folder.resolve("access.log"));
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0))
                .matches(
                        "GET /shop/a/x%20y\\?q HTTP/1.1 /shop/a/x y\\?q 200 2 test text/plain www.example.com \\+ - \\d+ 1 GET");
        assertThat(lines.get(1))
                .matches("POST /shop/a/ HTTP/1.1 /shop/a/ 200 5 test text/plain www.example.com \\+ - \\d+ 1 POST");
        assertThat(lines.get(2)).contains("HEAD /shop/a/ HTTP/1.1", " 200 - ");
        assertThat(lines.get(3)).matches("GET /shop/old HTTP/1.1 /shop/old 301 \\d+ test text/html .* - GET");
        assertThat(lines.get(4)).matches("GET /shop/nothing HTTP/1.1 /shop/nothing 404 \\d+ test .* - GET");
    }
}
