package org.fairlead.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.config.LoadedConfig;
import org.fairlead.servlet.BalancerServlet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FairleadTest {
    @TempDir
    Path folder;

    @Test
    void codeMakesTheConfigurationThatAFileMakes() throws ConfigException {
        Fairlead made = Fairlead.balancer("shop")
                .member("http://a:8080")
                .member("http://b:8080", m -> m.route("b").loadfactor(2).status("+H"))
                .sticky("JSESSIONID")
                .lbmethod("bybusyness")
                .at("/");
        String file = """
                <Proxy balancer://shop>
                BalancerMember http://a:8080
                BalancerMember http://b:8080 route=b loadfactor=2 status=+H
                ProxySet stickysession=JSESSIONID lbmethod=bybusyness
                </Proxy>
                ProxyPass / balancer://shop/
                ProxyPassReverse / balancer://shop/
                """;
        assertThat(balancers(made.configuration()))
                .isEqualTo(balancers(new ConfigLoader().load(file, "conf", "balancer shop")));
        assertThat(made.configuration().files()).isEmpty();
    }

    /** Code has no lines. */
    private static String balancers(LoadedConfig loaded) {
        return loaded.config().balancers().toString().replaceAll("source=balancer shop:\\d+", "source=balancer shop");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        () -> Fairlead.balancer("s").member("htp://a").at("/"),
                        "balancer s: BalancerMember 'htp://a' ("),
                mistake(() -> one(m -> m.loadfactor(101)), "balancer s: loadfactor '101' ("),
                mistake(() -> one(m -> m.status("+Q")), "balancer s: status '+Q' ("),
                mistake(() -> one(m -> m.set("loadfaktor", "2")), "balancer s: loadfaktor: unknown"),
                mistake(() -> one(m -> m.route("a").route("b")), "balancer s: route: given"),
                mistake(() -> one(m -> m.set("route", "a\"b\n${env:HOME}")), "balancer s: route"),
                mistake(
                        () -> Fairlead.balancer("s")
                                .member("http://a")
                                .lbmethod("fastest")
                                .at("/"),
                        "lbmethod 'fastest' ("),
                mistake(() -> Fairlead.balancer("s").member("http://a").at("shop"), "path"),
                mistake(() -> Fairlead.httpd("ProxyPass / htp://a/"), "Fairlead.httpd:1: ProxyPass"),
                mistake(() -> Fairlead.yaml("proxypas: x"), "Fairlead.yaml:1: proxypas"),
                mistake(() -> Fairlead.file(Path.of("/no/such.conf")), "/no/such.conf: no such file"));
    }

    private static Arguments mistake(Supplier<Fairlead> code, String words) {
        return Arguments.of(code, words);
    }

    private static Fairlead one(UnaryOperator<MemberBuilder> settings) {
        return Fairlead.balancer("s").member("http://a:1", settings).at("/");
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void aMistakeIsToldInTheWordsOfAFile(Supplier<Fairlead> code, String words) {
        assertThatThrownBy(code::get)
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(words);
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatThrownBy(() -> Fairlead.balancer("s")
                        .member("htp://a")
                        .member("http://b", m -> m.loadfactor(0))
                        .at("/"))
                .isInstanceOfSatisfying(
                        InvalidConfigurationException.class,
                        e -> assertThat(e.problems()).hasSizeGreaterThanOrEqualTo(2));
    }

    @Test
    void plainTomcatRunsItReplacesItAndEndsIt() throws Exception {
        HttpServer a = member("a");
        HttpServer b = member("b");
        Fairlead shop = Fairlead.balancer("shop").member(url(a)).at("/");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", null);
        Wrapper servlet = Tomcat.addServlet(context, "proxy", new BalancerServlet(shop));
        servlet.setAsyncSupported(true);
        servlet.setLoadOnStartup(1);
        servlet.addMapping("/");
        assertThat(shop.operations()).isEmpty();
        tomcat.start();
        try {
            int port = tomcat.getConnector().getLocalPort();
            assertThat(get(port)).isEqualTo("a");
            assertThat(shop.operations().orElseThrow().snapshot().balancers()).hasSize(1);
            shop.replace(Fairlead.balancer("shop").member(url(b)).at("/"));
            assertThat(get(port)).isEqualTo("b");
        } finally {
            tomcat.stop();
            tomcat.destroy();
            a.stop(0);
            b.stop(0);
        }
        assertThat(shop.operations()).isEmpty();
    }

    private static HttpServer member(String name) throws IOException {
        HttpServer member = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        member.createContext("/", exchange -> {
            byte[] body = name.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        member.start();
        return member;
    }

    private static String url(HttpServer member) {
        return "http://127.0.0.1:" + member.getAddress().getPort();
    }

    private static String get(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/x"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    static List<String> samples() throws IOException {
        Matcher sample = Pattern.compile("(?s)```java\n(.*?)```")
                .matcher(Files.readString(Path.of("src/site/markdown/embedding.md")));
        return sample.results().map(match -> match.group(1)).toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleOfTheManualCompiles(String code) {
        Matcher name = Pattern.compile("\\bclass (\\w+)").matcher(code);
        assertThat(name.find()).isTrue();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        boolean compiles = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-proc:none", "-d", folder.toString()),
                        null,
                        List.of(new SourceText(name.group(1), code)))
                .call();
        assertThat(compiles).as(messages.toString()).isTrue();
    }

    private static final class SourceText extends SimpleJavaFileObject {
        private final String code;

        SourceText(String name, String code) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
