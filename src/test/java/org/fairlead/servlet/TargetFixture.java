package org.fairlead.servlet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** A stock Tomcat with one servlet of ours, and a member that tells what it was sent. */
final class TargetFixture implements AutoCloseable {
    private final HttpServer member;
    private final Tomcat tomcat = new Tomcat();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile HttpHandler answer = exchange -> {};
    private Context context;

    /** A request as the member saw it. */
    record Seen(String line, Map<String, List<String>> fields, String body) {
        /** All values of a field; empty if it has none. */
        String field(String name) {
            return fields.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .flatMap(entry -> entry.getValue().stream())
                    .reduce((one, other) -> one + " | " + other)
                    .orElse("");
        }
    }

    TargetFixture() throws IOException {
        member = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        member.createContext("/", this::serve);
        member.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(new Seen(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(), exchange.getRequestHeaders(), body));
            answer.handle(exchange);
            if (exchange.getResponseCode() < 0) {
                byte[] text = "from the member".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("HEAD") ? -1 : text.length);
                if (!exchange.getRequestMethod().equals("HEAD")) {
                    exchange.getResponseBody().write(text);
                }
            }
        }
    }

    String origin() {
        return "http://127.0.0.1:" + member.getAddress().getPort();
    }

    void answer(HttpHandler by) {
        answer = by;
    }

    Seen last() {
        return seen.get(seen.size() - 1);
    }

    int requests() {
        return seen.size();
    }

    /** Starts a servlet in the context {@code /app}. In values, {@code TARGET} stands for the member's origin. */
    TargetFixture start(BalancerServlet servlet, String pattern, Map<String, String> params, Path folder)
            throws Exception {
        return start(servlet, pattern, params, folder, Optional.empty());
    }

    TargetFixture start(
            BalancerServlet servlet, String pattern, Map<String, String> params, Path folder, Optional<Filter> filter)
            throws Exception {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setEncodedSolidusHandling("passthrough");
        context = tomcat.addContext("/app", folder.toString());
        filter.ifPresent(this::add);
        context.addServletContainerInitializer(
                (classes, application) -> {
                    ServletRegistration.Dynamic registration = application.addServlet("proxy", servlet);
                    params.forEach(
                            (name, value) -> registration.setInitParameter(name, value.replace("TARGET", origin())));
                    registration.addMapping(pattern);
                    registration.setLoadOnStartup(1);
                },
                Set.of());
        tomcat.start();
        return this;
    }

    private void add(Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("filter");
        definition.setFilter(filter);
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName("filter");
        map.addURLPattern("/*");
        context.addFilterMap(map);
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    HttpResponse<String> get(String path, String... fields) throws Exception {
        return send("GET", path, "", fields);
    }

    /** @param body an empty one is none */
    HttpResponse<String> send(String method, String path, String body, String... fields) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < fields.length; i += 2) {
            request.header(fields[i], fields[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws LifecycleException {
        if (tomcat.getServer() != null) {
            tomcat.stop();
            tomcat.destroy();
        }
        member.stop(0);
    }
}
