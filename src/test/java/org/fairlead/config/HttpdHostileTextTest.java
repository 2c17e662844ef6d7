package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No text is an exception, none is silently lost, and none costs more than it is worth. */
class HttpdHostileTextTest {
    @Property(tries = 200)
    void anyTextIsReadOrComplainedAbout(@ForAll @StringLength(max = 300) String text) {
        HttpdTrees.read(text);
    }

    @Property(tries = 700)
    void anyMixtureOfConfigurationIsReadOrComplainedAbout(@ForAll("mixtures") String text) {
        HttpdTrees.Reading reading = HttpdTrees.read(text);

        assertThat(reading.problems().all())
                .allSatisfy(p -> assertThat(p.text()).isNotBlank().doesNotContain("\n", "\r", "\u001B"));
    }

    @Property(tries = 200)
    void aQuotedWordIsReadAsItWas(@ForAll @StringLength(max = 40) String word) {
        String quoted = '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        HttpdWords words = new HttpdWords("a " + quoted + " b");

        assertThat(words.all()).containsExactly("a", word, "b");
    }

    @Property(tries = 200)
    void everyDirectiveSurvivesAnyArguments(@ForAll("names") String name, @ForAll("mixtures") String arguments) {
        HttpdTrees.Reading reading = HttpdTrees.read(name + " " + arguments);

        assertThat(reading.problems().all().isEmpty() && reading.tree().isEmpty() && !leavesNoTrace(name))
                .isFalse();
    }

    private static boolean leavesNoTrace(String name) {
        return Directives.ALL
                .find(name)
                .map(Directive::shape)
                .filter(s -> s == Directive.Shape.READER || s == Directive.Shape.CONDITION)
                .isPresent();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(Directives.ALL.all())
                .map(d -> d.name().replace("*", "x").replace(">", ""));
    }

    @Provide
    Arbitrary<String> mixtures() {
        Arbitrary<String> name = names();
        Arbitrary<String> piece = Arbitraries.of(
                " ",
                " ",
                "\n",
                "\n",
                ">",
                ">\n",
                "</",
                "<",
                "\"",
                "'",
                "\\",
                "\\\n",
                "${",
                "}",
                "{",
                "!",
                "#",
                "~",
                "=",
                "*",
                "/",
                "http://a",
                "balancer://b",
                "${TWO}",
                "key=value",
                "All",
                "On",
                "404",
                "\u0000",
                "\r",
                "\t",
                "\uFFFD",
                "\u001B[2J",
                "\u2028",
                "env=",
                "expr=");
        return Arbitraries.frequencyOf(Tuple.of(3, piece), Tuple.of(2, name))
                .list()
                .ofMaxSize(40)
                .map(l -> String.join("", l));
    }

    @Test
    void aHundredThousandLinesAreRead() {
        HttpdTrees.Reading reading =
                HttpdTrees.read("<Location /a>\nHeader set A b\n</Location>\n# c\n".repeat(25_000));

        assertThat(reading.problems().all()).isEmpty();
        assertThat(reading.configuration().getList("location.path")).hasSize(25_000);
    }

    @Test
    void afterAThousandErrorsTheRestIsLeftUnread() {
        HttpdTrees.Reading reading = HttpdTrees.read("Nonsense\n".repeat(100_000));

        assertThat(reading.problems().all()).hasSize(1001);
        assertThat(reading.problems().all().get(1000))
                .hasToString("fairlead.conf:1000: more than 1000 errors: the rest was not read");
    }

    @Test
    void sectionsWithoutEndDoNotPileUp() {
        HttpdTrees.Reading reading = HttpdTrees.read("<Directory />\n".repeat(100_000));

        assertThat(reading.problems().errors().get(0))
                .hasToString("fairlead.conf:201: sections are more than 200 deep in each other: the rest was not read");
        assertThat(reading.problems().all()).hasSizeLessThan(300);
    }

    @Test
    void theNumberOfLinesIsBounded() throws IOException {
        Problems problems = new Problems();
        HttpdVariables variables = new HttpdVariables(List.of(), name -> Optional.empty());
        new HttpdParser("x.conf", new HttpdFiles(Optional.empty()), variables, problems, 100)
                .tree(new StringReader("# comments do not count\nTimeout 5\n".repeat(200)), "x.conf");

        assertThat(problems.all()).hasToString("[x.conf:200: more than 100 lines: the rest was not read]");
    }

    @Test
    void anEndlessLineIsOneErrorAndTheNextLineIsReadAgain() {
        String line = "Header set A " + "x".repeat(HttpdLines.MAX_LINE_CHARS);

        assertThat(HttpdTrees.read(line + "\nTimeout 5 6\n").told()).isEqualTo("""
                        E fairlead.conf:1: this line is longer than 1048576 characters
                        E fairlead.conf:2: Timeout '5 6': takes one argument (expected: Timeout time)""");
        assertThat(HttpdTrees.read(line + "\\\r\nTimeout 5 6\nTimeout 7 8").told())
                .isEqualTo("""
                        E fairlead.conf:1: this line is longer than 1048576 characters
                        E fairlead.conf:3: Timeout '7 8': takes one argument (expected: Timeout time)""");
    }

    @Test
    void aLongLineWithinTheLimitIsKeptWhole() {
        String value = "x".repeat(HttpdLines.MAX_LINE_CHARS - 20);

        assertThat(HttpdTrees.read("Header set A " + value).configuration().getString("header.value"))
                .isEqualTo(value);
    }

    @Test
    void definitionsThatDoubleEachTimeAreStopped() {
        StringBuilder text = new StringBuilder("Define A0 " + "x".repeat(100) + "\n");
        for (int i = 1; i < 60; i++) {
            text.append("Define A%d ${A%d}${A%d}\n".formatted(i, i - 1, i - 1));
        }

        assertThat(HttpdTrees.read(text.toString()).told())
                .matches(
                        "E fairlead.conf:\\d\\d: with each \\$\\{NAME} filled in, the lines up to here become too long: the"
                                + " rest was not read");
    }

    @Test
    void binaryGarbageIsComplainedAbout() {
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        HttpdTrees.Reading reading =
                HttpdTrees.read("\u007FELF\u0002\u0001\n" + new String(bytes, StandardCharsets.ISO_8859_1));

        assertThat(reading.problems().errors().get(0))
                .hasToString("fairlead.conf:1: this line holds a control character: \\u007FELF\\u0002\\u0001");
        assertThat(reading.problems().errors()).hasSizeBetween(100, 1001);
        assertThat(HttpdTrees.read("\u0000\n".repeat(100_000)).problems().all())
                .hasSize(101)
                .last()
                .hasToString("fairlead.conf:100: this file is binary or too large: the rest was not read");
    }

    @Test
    @Timeout(60)
    void aFileWithoutEndIsEnded() throws IOException {
        Problems problems = new Problems();
        Reader endless = new Reader() {
            @Override
            public int read(char[] buffer, int offset, int length) {
                Arrays.fill(buffer, offset, offset + length, 'x');
                return length;
            }

            @Override
            public void close() {}
        };

        assertThat(new HttpdLines(endless, "x.conf", problems).next()).isEmpty();
        assertThat(problems.all())
                .hasToString(
                        "[x.conf:1: this line is longer than 1048576 characters, x.conf:1: this file is binary or too"
                                + " large: the rest was not read]");
    }
}
