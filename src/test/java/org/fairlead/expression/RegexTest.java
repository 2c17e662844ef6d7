package org.fairlead.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {
    @Test
    void blanksInAClassCountInExtendedPatternsToo() throws Exception {
        assertThat(Regex.compile("(?x) ^ a [ #] b $ # comment").test("a b")).isTrue();
        assertThat(Regex.compile("(?x) ^ a [ #] b $").test("a#b")).isTrue();
    }

    @Test
    void linesHaveEndsWhenAskedFor() throws Exception {
        Regex lines = Regex.compile("^b$", Set.of(Regex.Flag.MULTI_LINE));

        assertThat(lines.test("a\nb\nc")).isTrue();
        assertThat(Regex.compile("^b$").test("a\nb\nc")).isFalse();
    }

    @Test
    void caseIsOfAsciiLettersOnly() throws Exception {
        Regex regex = Regex.compile("^[a-z]k\u00e9$", Set.of(Regex.Flag.IGNORE_CASE));

        assertThat(regex.test("AK\u00c3\u00a9")).as("the bytes of UTF-8").isTrue();
        assertThat(regex.test("AK\u00c3\u0089")).isFalse();
    }

    @Test
    void givesTheGroupsOfTheFirstMatch() throws Exception {
        Captures captures = Regex.compile("(\\w)(x)?(\\d+)").find("--a12b3").orElseThrow();

        assertThat(captures.group(0)).isEqualTo("a12");
        assertThat(captures.group(1)).isEqualTo("a");
        assertThat(captures.group(2)).isEmpty();
        assertThat(captures.group(3)).isEqualTo("12");
        assertThat(captures.group(9)).isEmpty();
        assertThat(captures.size()).isEqualTo(4);
        assertThat(Regex.compile("(x)").find("a")).isEqualTo(Optional.empty());
    }

    @Test
    void keepsTenGroupsAsHttpdDoes() throws Exception {
        assertThat(Regex.compile("(.)".repeat(12))
                        .find("abcdefghijkl")
                        .orElseThrow()
                        .size())
                .isEqualTo(10);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "->",
            quoteCharacter = '`',
            value = {
                "(          -> end at 2 (expected: ) that closes the group)",
                "a)         -> ')' at 2 (expected: ( before it)",
                "[a         -> end at 3 (expected: ] that closes the class)",
                "a\\       -> end at 3 (expected: a character behind the \\)",
                "[[:nope:]] -> '[:nope:]' at 2 (expected: a POSIX class such as [:alnum:])",
                "(?U)a      -> 'U' at 3 (expected: a setting of i, m, s, x)",
                "(a)\\2     -> '\\2' at 4 (expected: the number of a group)",
                "a{70000}   -> '{70000' at 2 (expected: at most 65535 repetitions)"
            })
    void saysWhereAPatternIsNone(String pattern, String message) {
        assertThatThrownBy(() -> Regex.compile(pattern))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(message);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "*a",
                "(?R)",
                "\\K",
                "(?(1)a|b)",
                "a**",
                "[z-a]",
                "\\g",
                "\\k<n>",
            })
    void refusesWhatItCannotMean(String pattern) {
        assertThatThrownBy(() -> Regex.compile(pattern)).isInstanceOf(ExpressionException.class);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "^(a+)+$",
                "^(a|a)*$",
                "^(a|aa)+$",
                "^(a*)*$",
                "(.*a){20}$",
                "^(([a-z])+.)+[A-Z]([a-z])+$",
                "(a|b|ab)*c",
                "(x+x+)+y|^(.*.*.*.*.*)*$z",
                "(?=(a+)+b)a"
            })
    @Timeout(10)
    void aPatternThatTriesEveryWayEnds(String pattern) throws Exception {
        Regex regex = Regex.compile(pattern);
        for (String text : new String[] {"a".repeat(40) + "!", "a".repeat(30_000) + "!", "ab".repeat(20_000)}) {
            try {
                regex.test(text);
            } catch (EvaluationException e) {
                assertThat(e).hasMessageContaining("too many steps");
            }
        }
    }

    @Test
    void runningAwayIsNeitherAMatchNorNone() throws Exception {
        Regex regex = Regex.compile("a*a*a*a*b");

        assertThatThrownBy(() -> regex.test("a".repeat(3000)))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("on a text of 3000 characters");
    }

    @Test
    void anUsualPatternOverALongTextIsFarFromTheLimit() throws Exception {
        String body = "x".repeat(65_000) + " status: UP";

        assertThat(Regex.compile("status:\\s*(UP|OK)").test(body)).isTrue();
        assertThat(Regex.compile("status:\\s*DOWN").test(body)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"(|){40}x", "(a?|b?){40}x", "(|)(|)(|)(|)(|)(|)(|)(|)(|)x"})
    void waysThroughThatReadNothingAreRefusedWhenTheyAreMany(String pattern) {
        assertThatThrownBy(() -> Regex.compile(pattern))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("that match nothing");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"(a*)*", "(|a){40}", "^/?(.*?)/?(\\?.*)?(#.*)?$", "(|a|b)", "^(?:[^/]*/?){3}$", "(?:a?b?c?)?d"})
    void usualOptionalPartsAreNot(String pattern) throws Exception {
        assertThat(Regex.compile(pattern).toString()).isEqualTo(pattern);
    }

    @Test
    void nestingIsBounded() {
        String deep = "(".repeat(10_000) + ")".repeat(10_000);

        assertThatThrownBy(() -> Regex.compile(deep))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("at most 50 nested groups");
    }

    @ParameterizedTest
    @CsvSource({
        "(?<a>x)(y)(?<b>z), {a=1; b=3}",
        "(?:x)(?P<a_b>y), {a_b=1}",
        "(?'q'x)\\k'q'\\k{q}\\g{q}, {q=1}",
        "(?<=x)(?<!y)(?=z)(?!a)(?i)(?>b)(c), {}",
    })
    void namesOfGroupsMayBePcres(String pattern, String names) throws Exception {
        assertThat(new TreeMap<>(Regex.compile(pattern).names())).hasToString(names.replace(';', ','));
    }

    @Test
    void goesOnBehindWhatItFound() throws Exception {
        Occurrences found = Regex.compile("(?<d>\\d)(x)?").occurrences("a1b2x", Steps.ofOneLook());

        assertThat(found.next()).isTrue();
        assertThat(found.group(0)).isEqualTo("1");
        assertThat(found.start(2)).isEqualTo(-1);
        assertThat(found.next()).isTrue();
        assertThat(found.group(2)).isEqualTo("x");
        assertThat(found.group(7)).isEmpty();
        assertThat(found.next()).isFalse();
    }
}
