package org.fairlead.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionBoundsTest {
    @ParameterizedTest(name = "{0}…")
    @ValueSource(strings = {"(", "tolower(", "%{env:", "! ( "})
    @Timeout(10)
    void nestingIsBounded(String opening) {
        assertThatThrownBy(() -> Expression.parse(opening.repeat(100_000) + "'a'"))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("at most 32 levels");
    }

    @Test
    void aLongRowIsNotNested() throws Exception {
        String many = IntStream.range(0, 10_000).mapToObj(i -> "'a' == 'b'").collect(Collectors.joining(" || "));

        assertThat(Expression.parse(many + " || true").test(RequestExample.variables()))
                .isTrue();
        assertThat(Expression.parse("!".repeat(10_001) + "false").test(RequestExample.variables()))
                .isTrue();
    }

    @Test
    void aRunawayPatternIsNeitherTrueNorFalse() throws Exception {
        Expression expression = Expression.parse("! '" + "a".repeat(3000) + "' =~ /a*a*a*a*b/");

        assertThatThrownBy(() -> expression.test(RequestExample.variables())).isInstanceOf(EvaluationException.class);
    }

    @Test
    void aNetworkOfEverythingIsAllowedThoughHttpdRefusesIt() throws Exception {
        assertThat(Expression.parse("-R '0.0.0.0/0'").test(RequestExample.variables()))
                .isTrue();
        assertThat(Expression.parse("-R '::/0'").test(RequestExample.variables()))
                .isFalse();
    }

    @ParameterizedTest(name = "/x/{0}")
    @ValueSource(strings = {"i", "m", "s", "im", "smi"})
    void patternsTakeTheFlagsOfLaterHttpds(String flags) throws Exception {
        assertThat(Expression.parse("'x' =~ /x/" + flags).test(RequestExample.variables()))
                .isTrue();
    }

    @Test
    void theGroupsOfTheLastMatchComeOutAndGoIn() throws Exception {
        Expression.Outcome outcome = Expression.parse("%{REQUEST_URI} =~ m#^/([a-z]+)/#")
                .evaluate(RequestExample.variables(), Captures.NONE);

        assertThat(outcome.holds()).isTrue();
        assertThat(outcome.captures().group(1)).isEqualTo("app");
        assertThat(Template.parse("<$1>").text(RequestExample.variables(), outcome.captures()))
                .isEqualTo("<app>");
        assertThat(Expression.parse("$1 == 'app'").evaluate(RequestExample.variables(), outcome.captures()))
                .matches(Expression.Outcome::holds);
    }

    @Test
    void oneParsedExpressionServesManyThreads() throws Exception {
        Expression expression =
                Expression.parse("%{REQUEST_URI} =~ /(a)(p)/ && $2 == 'p' && req('X-Number') -in {'41', '42'}");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            var results = threads.invokeAll(IntStream.range(0, 200)
                    .<java.util.concurrent.Callable<Boolean>>mapToObj(
                            i -> () -> expression.test(RequestExample.variables()))
                    .toList());
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "-f, file, true",
        "-f, dir, false",
        "-f, none, false",
        "-d, dir, true",
        "-d, file, false",
        "-e, file, true",
        "-e, dir, true",
        "-e, none, false",
        "-e, link, true",
        "-s, file, true",
        "-s, empty, false",
        "-s, dir, false",
        "-L, link, true",
        "-h, link, true",
        "-L, file, false",
        "-f, caf\u00e9, true"
    })
    void looksAtFiles(String operator, String name, boolean expected, @TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("file"), "x");
        Files.writeString(folder.resolve("caf\u00e9"), "x");
        Files.createFile(folder.resolve("empty"));
        Files.createDirectory(folder.resolve("dir"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("file"));

        assertThat(Expression.parse(operator + " '" + folder.resolve(name) + "'")
                        .test(RequestExample.variables()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-f ''", "-d '/no/such/place'"})
    void aPathThatIsNoneIsNotThere(String text) throws Exception {
        assertThat(Expression.parse(text).test(RequestExample.variables())).isFalse();
    }
}
