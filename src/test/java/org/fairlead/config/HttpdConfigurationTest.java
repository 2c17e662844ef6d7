package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.fairlead.model.Source;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What httpd's text becomes: {@code trees.txt} and {@code problems.txt} beside this class are the specification. */
class HttpdConfigurationTest {
    @Test
    void readsTheSeedConfiguration() throws IOException {
        HttpdTrees.Reading reading = HttpdTrees.read(resource("/org/fairlead/examples/mycluster.conf"));

        assertThat(reading.told()).isEmpty();
        assertThat(reading.tree()).isEqualTo("""
                        proxy
                          url: balancer://mycluster
                          balancermember
                            url: http://localhost:8000
                          balancermember
                            url: http://localhost:8001
                        proxypass
                          path: /
                          url: balancer://mycluster/
                        proxypassreverse
                          path: /
                          url: balancer://mycluster/
                        """);
    }

    @TestFactory
    Stream<DynamicTest> textBecomesATree() throws IOException {
        System.setProperty("fairlead.test.timeout", "77");
        return cases("trees.txt")
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> {
                    HttpdTrees.Reading reading = HttpdTrees.read(c.text(), "GIVEN");

                    assertThat(reading.problems().errors()).isEmpty();
                    assertThat(reading.tree()).isEqualTo(c.expected());
                }));
    }

    @TestFactory
    Stream<DynamicTest> mistakesAreTold() throws IOException {
        return cases("problems.txt")
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> {
                    HttpdTrees.Reading reading = HttpdTrees.read(c.text());

                    String here = Path.of("").toAbsolutePath().toString();
                    assertThat(reading.told() + "\n").isEqualTo(c.expected().replace("{HERE}", here));
                }));
    }

    @Test
    void everyNodeOfALineKnowsItsFileAndItsFirstPhysicalLine() {
        HttpdTrees.Reading reading = HttpdTrees.read("""
                # a comment

                <Proxy balancer://a>
                BalancerMember http://a \\
                   loadfactor=2
                Timeout
                </Proxy>
                """);

        ImmutableNode proxy = root(reading).getChildren().get(0);
        ImmutableNode member = proxy.getChildren().get(1);
        assertThat(proxy.getAttributes()).containsEntry("file", "fairlead.conf").containsEntry("line", 3);
        assertThat(member.getAttributes())
                .containsEntry("file", "fairlead.conf")
                .containsEntry("line", 4);
        assertThat(member.getChildren())
                .allSatisfy(child -> assertThat(child.getAttributes()).containsEntry("line", 4));
        assertThat(reading.problems().all())
                .extracting(Problem::source)
                .containsExactly(new Source("fairlead.conf", 6));
    }

    @Test
    void answersTheUsualQuestionsOfAConfiguration() {
        HttpdConfiguration configuration = HttpdTrees.read("""
                        Timeout 30
                        <Proxy balancer://a>
                        BalancerMember http://a
                        BalancerMember http://b loadfactor=3
                        </Proxy>
                        """).configuration();

        assertThat(configuration.getString("timeout")).isEqualTo("30");
        assertThat(configuration.getList("proxy.balancermember.url")).isEqualTo(List.of("http://a", "http://b"));
        assertThat(configuration.getInt("proxy.balancermember(1).loadfactor")).isEqualTo(3);
    }

    @Test
    void valuesAreNeverLookedUpAgain() {
        HttpdConfiguration configuration = HttpdTrees.read("Header set X ${file:/etc/passwd}${const:java.lang.Math.PI}")
                .configuration();

        assertThat(configuration.getString("header.value")).isEqualTo("${file:/etc/passwd}${const:java.lang.Math.PI}");
        assertThat(configuration.interpolatedConfiguration().getString("header.value"))
                .isEqualTo("${file:/etc/passwd}${const:java.lang.Math.PI}");
    }

    @Test
    void cannotBeWritten() {
        HttpdConfiguration configuration = HttpdTrees.read("Timeout 5").configuration();

        assertThatThrownBy(() -> configuration.write(new StringWriter()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("httpd's syntax is only read; a configuration is printed as YAML");
    }

    @Test
    void textFromNoFileReadsToo() throws IOException {
        Problems problems = new Problems();
        HttpdConfiguration configuration = new HttpdConfiguration(Path.of("conf", "x.conf"), problems);
        configuration.read(new StringReader("Nonsense"));

        assertThat(problems.all()).hasToString("[conf/x.conf:1: Nonsense: unknown directive]");
    }

    private record Case(String name, String text, String expected) {}

    /** Cases are {@code == name}, the text, {@code --}, what is expected, and an empty line. */
    private static Stream<Case> cases(String resource) throws IOException {
        Matcher matcher = Pattern.compile("^== (.*?)\n(.*?)^--\n(.*?)\n(?=== |\\z)", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(resource(resource));
        return matcher.results().map(r -> new Case(r.group(1), r.group(2), r.group(3)));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HttpdConfigurationTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ImmutableNode root(HttpdTrees.Reading reading) {
        return reading.configuration().getNodeModel().getRootNode();
    }
}
