package org.fairlead.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.fairlead.http.PathView.Decoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    @ParameterizedTest(name = "{0}: matched as {1}, forwarded as {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            / ¦ / ¦ /
            /a/b ¦ /a/b ¦ /a/b
            /a%20b ¦ /a b ¦ /a%20b
            /%61%2Db%7e ¦ /a-b~ ¦ /%61%2Db%7e
            /a%2Fb%2fc ¦ /a%2Fb%2fc ¦ /a%2Fb%2fc
            /a%252Fb ¦ /a%2Fb ¦ /a%252Fb
            /a%5Cb ¦ /a\\b ¦ /a%5Cb
            /a;p=1/b;q ¦ /a;p=1/b;q ¦ /a;p=1/b;q
            //a///b// ¦ /a/b/ ¦ //a///b//
            /a/./b ¦ /a/b ¦ /a/b
            /a/../b ¦ /b ¦ /b
            /a/b/.. ¦ /a/ ¦ /a/
            /a/b/. ¦ /a/b/ ¦ /a/b/
            /a/b/../ ¦ /a/ ¦ /a/
            /. ¦ / ¦ /
            /./ ¦ / ¦ /
            /a/.. ¦ / ¦ /
            /a/%2e%2E/b ¦ /b ¦ /b
            /a/.%2e/b%2Fc ¦ /b%2Fc ¦ /b%2Fc
            /a//../b ¦ /b ¦ /b
            /a//b/../c%20 ¦ /a/c  ¦ /a/c%20
            /a/..;/b ¦ /a/..;/b ¦ /a/..;/b
            /a/..%2f/b ¦ /a/..%2f/b ¦ /a/..%2f/b
            /... ¦ /... ¦ /...
            /.a/..b/c../d. ¦ /.a/..b/c../d. ¦ /.a/..b/c../d.
            /.well-known/x ¦ /.well-known/x ¦ /.well-known/x
            /%2e%2e%2e ¦ /... ¦ /%2e%2e%2e
            """)
    void matchesOneNormalFormAndForwardsTheBytes(String raw, String normal, String forwarded) throws Exception {
        RequestTarget target = RequestTarget.parse(raw);
        assertThat(target.path()).isEqualTo(raw);
        assertThat(target.normalPath().trim()).isEqualTo(normal);
        assertThat(target.forwardPath()).isEqualTo(forwarded);
    }

    @ParameterizedTest(name = "{0}: forwarded as {1}")
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            /[a]|{b}^`"<>\\d ¦ /%5Ba%5D%7C%7Bb%7D%5E%60%22%3C%3E%5Cd
            /é/%e9?é=[x] ¦ /%E9/%e9
            /Ã¿ÿ ¦ /%C3%BF%FF
            /[/../]%5b%7c?[] ¦ /%5D%5b%7c
            /a;b=c,d'(e)*!$&=@:+/ ¦ /a;b=c,d'(e)*!$&=@:+/
            """)
    void encodesForMembersWhatNoPathMayHold(String raw, String forwarded) throws Exception {
        RequestTarget target = RequestTarget.parse(raw);
        assertThat(target.forwardPath()).isEqualTo(forwarded);
        assertThat(target.raw()).isEqualTo(raw);
        assertThat(target.querySuffix()).isEqualTo(raw.indexOf('?') < 0 ? "" : raw.substring(raw.indexOf('?')));
        assertThat(RequestTarget.parse(forwarded).normalPath()).isEqualTo(target.normalPath());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            * ¦ 400
            a/b ¦ 400
            http://h/a ¦ 400
            @h/a ¦ 400
            :80/a ¦ 400
            `` ¦ 400
            ?x ¦ 400
            /a b ¦ 400
            /a#b ¦ 400
            /a?b#c ¦ 400
            /a?b c ¦ 400
            /a% ¦ 400
            /a%4 ¦ 400
            /a%4g ¦ 400
            /a%zz ¦ 400
            /a%u002e ¦ 400
            /% ¦ 400
            /a%00b ¦ 404
            /.. ¦ 400
            /a/../.. ¦ 400
            /a/../../b ¦ 400
            /%2e%2e/b ¦ 400
            //../b ¦ 400
            """)
    void refusesWhatNoTargetMayHold(String raw, int status) {
        assertThatThrownBy(() -> RequestTarget.parse(raw))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @Test
    void refusesEveryControlByteAndDelWhereverItStands() {
        for (char c = 0; c < 256; c++) {
            if (c > ' ' && c != 0x7F) {
                continue;
            }
            String path = "/a" + c + "b";
            String query = "/a?b" + c;
            assertThatThrownBy(() -> RequestTarget.parse(path)).isInstanceOf(RefusedException.class);
            assertThatThrownBy(() -> RequestTarget.parse(query)).isInstanceOf(RefusedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a?b=\\c", "/?q=100%", "/a?%zz", "/a?b?c=/../d", "/a?[x]={y}|\"^`<>", "/[a]{b}|\"^`<>"})
    void letsPassWhatBrowsersSend(String raw) throws Exception {
        assertThat(RequestTarget.parse(raw).raw()).isEqualTo(raw);
        assertThat(RequestTarget.parse(raw)).hasToString(raw);
    }

    @ParameterizedTest(name = "{0}: query {1}, suffix {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', nullValues = "none", textBlock = """
            /a ¦ none ¦ ``
            /a? ¦ `` ¦ ?
            /a?b?c ¦ b?c ¦ ?b?c
            /a?%20%2F ¦ %20%2F ¦ ?%20%2F
            """)
    void keepsTheQueryAsItCame(String raw, String query, String suffix) throws Exception {
        RequestTarget target = RequestTarget.parse(raw);
        assertThat(target.query().orElse(null)).isEqualTo(query);
        assertThat(target.querySuffix()).isEqualTo(suffix);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "/a/b%20c, false",
        "/a//b, false",
        "/a%C3%A9, false",
        "/a;b, true",
        "/a%3bb, true",
        "/a%2Fb, true",
        "/a%5cb, true",
        "/a%25b, true",
        "/a/../b, true",
        "/a%c0%aeb, true",
        "/a?b;c=%2F, false"
    })
    void knowsWhichPathsOthersMayReadDifferently(String raw, boolean ambiguous) throws Exception {
        assertThat(RequestTarget.parse(raw).isAmbiguous()).isEqualTo(ambiguous);
    }

    @ParameterizedTest(name = "{0} read {1}, parameters dropped: {2} -> {3}")
    @CsvSource(delimiter = '¦', textBlock = """
            /a%2Db%20c%2Fd ¦ UNRESERVED ¦ false ¦ /a-b%20c%2Fd
            /a%2Fb%20c ¦ ALL_BUT_SLASH ¦ false ¦ /a%2Fb c
            /a%2Fb%2F..%2Fc ¦ ALL ¦ false ¦ /a/c
            /a;x/b;y=1 ¦ UNRESERVED ¦ true ¦ /a/b
            /a/..;x/b ¦ UNRESERVED ¦ true ¦ /b
            /a/;x/b ¦ UNRESERVED ¦ true ¦ /a/b
            /..;/b ¦ UNRESERVED ¦ true ¦ /b
            /a/%2e;x/b ¦ UNRESERVED ¦ true ¦ /a/b
            """)
    void readsAPathAsFarAsAsked(String path, Decoding decoding, boolean dropParameters, String text) {
        assertThat(PathView.of(path, decoding, dropParameters).text()).isEqualTo(text);
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(
                        "/", "/", "a", "b", ".", "..", "%2e", "%2E", "%2F", "%5c", "%25", "%20", ";", ";x=1", "%3b",
                        "~", "%c3%a9")
                .list()
                .ofMaxSize(14)
                .map(pieces -> "/" + String.join("", pieces));
    }

    /** Every character of the reading comes, in order, from the bytes that its place names. */
    @Property(tries = 3000)
    void aViewKnowsWhereEachCharacterCameFrom(@ForAll("paths") String path, @ForAll boolean dropParameters) {
        for (Decoding decoding : Decoding.values()) {
            PathView view = PathView.of(path, decoding, dropParameters);
            for (int i = 0; i < view.text().length(); i++) {
                int at = view.offset(i);
                char c = view.text().charAt(i);
                boolean same = path.charAt(at) == c;
                assertThat(same || Percent.isValid(path, at) && Percent.decode(path, at) == c)
                        .isTrue();
                assertThat(view.offset(i + 1)).isGreaterThan(at);
            }
        }
    }

    /** What is forwarded has no dot segment, and reading it again changes nothing. */
    @Property(tries = 3000)
    void theForwardedPathIsItsOwnNormalForm(@ForAll("paths") String path) {
        RequestTarget target;
        try {
            target = RequestTarget.parse(path);
        } catch (RefusedException e) {
            return;
        }
        for (String segment : target.forwardPath().split("/")) {
            assertThat(segment.replaceAll("(?i)%2e", ".")).isNotIn(".", "..");
        }
        try {
            RequestTarget again = RequestTarget.parse(target.forwardPath());
            assertThat(again.forwardPath()).isEqualTo(target.forwardPath());
            assertThat(again.normalPath()).isEqualTo(target.normalPath());
        } catch (RefusedException e) {
            throw new AssertionError(target.forwardPath(), e);
        }
    }

    @Property(tries = 2000)
    void neverFailsButByRefusing(@ForAll String anything) {
        try {
            assertThat(RequestTarget.parse("/" + anything).raw()).isEqualTo("/" + anything);
        } catch (RefusedException e) {
            assertThat(e.status()).isBetween(400, 404);
        }
    }
}
