package org.fairlead.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairlead.config.ConfigLoader;
import org.fairlead.model.ProxyConfig;
import org.fairlead.model.SubstituteConfig;
import org.fairlead.model.SubstituteConfig.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Substitute rules on lines that come in any pieces. */
class SubstituteTest {
    private static SubstituteConfig config(String... lines) throws Exception {
        String text = "ProxyPass / http://a:8000/\n" + String.join("\n", lines);
        ProxyConfig config = new ConfigLoader().load(text, "conf", "test.conf").config();
        return config.mainHost().settings().outputFilters().substitute();
    }

    private static String through(SubstituteConfig config, String body, int piece) throws IOException {
        ByteArrayOutputStream client = new ByteArrayOutputStream();
        try (SubstituteOutput output =
                new SubstituteOutput(client, Substitution.of(config.rules()), config.maxLine())) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length; i += piece) {
                output.write(bytes, i, Math.min(piece, bytes.length - i));
            }
            output.finish();
        }
        return client.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '¦', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            s/foo/bar/                 ¦ a foo, foofoo         ¦ a bar, barbar
            s/foo/bar                  ¦ a foo                 ¦ a bar
            S/foo/bar/i                ¦ FOO Foo               ¦ bar bar
            s/f.o/bar/n                ¦ foo f.o               ¦ foo bar
            s/F.O/bar/ni               ¦ foo f.o               ¦ foo bar
            s|http://(\\w+)/|https://$1.example/|q ¦ http://a/ http://b/ ¦ https://a.example/ https://b.example/
            s/(a)(b)?/[$0$1$2$9]/      ¦ a ab                  ¦ [aa] [abab]
            s/a/$1/n                   ¦ a                     ¦ $1
            s/a//                      ¦ banana                ¦ bnn
            s/ä/ö/                     ¦ ä                     ¦ ö
            s/o$/0/                    ¦ foo                   ¦ fo0
            """)
    void aRuleReplacesWhatItFinds(String rule, String body, String expected) throws Exception {
        SubstituteConfig config = config("Substitute \"" + rule.replace("\\", "\\\\") + "\"");
        for (int piece : new int[] {1, 2, 1000}) {
            assertThat(through(config, body, piece)).isEqualTo(expected);
        }
    }

    @Test
    void aBackslashTakesTheNextCharacterAsItIs() throws Exception {
        Rule rule = new Rule("a", "\\$1\\x\\", false, false);

        assertThat(through(new SubstituteConfig(List.of(rule), Optional.empty(), Optional.empty()), "a", 1))
                .isEqualTo("$1x\\");
    }

    @Test
    void rulesRunInOrderAndLinesAreApart() throws Exception {
        SubstituteConfig config = config("Substitute s/a/b/", "Substitute s/bb/c/", "Substitute s/x\\ny/z/");

        for (int piece : new int[] {1, 3, 1000}) {
            assertThat(through(config, "ab\r\nx\ny\n\nab", piece)).isEqualTo("c\r\nx\ny\n\nc");
        }
    }

    @Test
    void aLineThatIsTooLongIsPassedOnAsItIsAndTheNextOneIsNot() throws Exception {
        SubstituteConfig config = config("Substitute s/a/b/", "SubstituteMaxLineLength 10");

        for (int piece : new int[] {1, 7, 1000}) {
            assertThat(through(config, "aaaaaaaaa\naaaaaaaaaa\na\naaaaaaaaaaaaaaaaaaaaaa\naa", piece))
                    .isEqualTo("bbbbbbbbb\naaaaaaaaaa\nb\naaaaaaaaaaaaaaaaaaaaaa\nbb");
        }
    }

    @Test
    void aPatternThatRunsAwayIsLeftOutAndTheOthersGoOn() throws Exception {
        SubstituteConfig config = config("Substitute s/(a+)+$/x/", "Substitute s/b/c/");

        assertThat(through(config, "a".repeat(5000) + "b\na b\n", 1000)).isEqualTo("a".repeat(5000) + "c\na c\n");
    }

    @Test
    void wholeLinesPassAtAFlush() throws Exception {
        ByteArrayOutputStream client = new ByteArrayOutputStream();
        SubstituteOutput output = new SubstituteOutput(
                client, Substitution.of(config("Substitute s/x/y/").rules()), 1000);

        output.write("data: x\n\npart x".getBytes(StandardCharsets.US_ASCII));
        output.flush();

        assertThat(client).hasToString("data: y\n\n");
        output.close();
    }

    @ParameterizedTest(name = "SubstituteInheritBefore {0}: {1}")
    @CsvSource({"On, 'outer, inner'", "Off, 'inner, outer'", "'', 'inner, outer'"})
    void aSectionsRulesRunBeforeOuterOnesUnlessItSaysOtherwise(String word, String order) throws Exception {
        String text = String.join(
                "\n",
                "ProxyPass / http://a:8000/",
                "Substitute s/outer/x/",
                "<Location /a>",
                "Substitute s/inner/x/",
                word.isEmpty() ? "" : "SubstituteInheritBefore " + word,
                "</Location>");
        ProxyConfig config = new ConfigLoader().load(text, "conf", "test.conf").config();

        List<String> froms = new ArrayList<>();
        config.mainHost()
                .settings()
                .merge(config.mainHost().locations().get(0).settings())
                .outputFilters()
                .substitute()
                .rules()
                .forEach(rule -> froms.add(rule.from()));

        assertThat(String.join(", ", froms)).isEqualTo(order);
    }
}
