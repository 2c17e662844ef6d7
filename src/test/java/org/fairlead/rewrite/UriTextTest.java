package org.fairlead.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Escaping as in mod_rewrite. */
class UriTextTest {
    @ParameterizedTest(name = "{0}: scheme of {1}, query {2}")
    @CsvSource({
        "http://a.example,   7, true",
        "HTTPS://a.example,  8, true",
        "h2c://a.example,    6, true",
        "ws://a.example,     5, true",
        "ftp://a.example,    6, false",
        "NEWS:group,         5, false",
        "mailto:a@b.example, 7, true",
        "unix:/run/a.sock,   5, true",
        "unix://run/a.sock,  7, true",
        "/http://a.example,  0, true",
        "foo://a.example,    0, true",
        "http:/a,            0, true",
        "news:,              0, true",
        "'',                 0, true"
    })
    void aUrlHasOneOfTheKnownSchemes(String uri, int scheme, boolean query) {
        assertThat(UriText.scheme(uri)).isEqualTo(scheme);
        assertThat(UriText.hasQuery(uri, scheme)).isEqualTo(query);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "/a b,    /a%20b",
        "/a%20b,  /a%2520b",
        "/a?b,    /a%3fb",
        "/a;b=c,  /a;b=c",
        "'/a\u00e4',  /a%e4",
        "'',      ''"
    })
    void escapingIsHttpds(String text, String escaped) {
        assertThat(UriText.escape(text)).isEqualTo(escaped);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({"%41%zz%2, A%zz%2", "a%2Fb, a/b", "a%00b, a", "%, %", "a+b, a+b"})
    void whatIsNoEscapeStaysAndANulEndsTheText(String text, String unescaped) {
        assertThat(UriText.unescape(text)).isEqualTo(unescaped);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "http://h.example,       http://h.example",
        "http://h.example/,      http://h.example/",
        "http://h h/a b,         http://h h/a%20b",
        "mailto:a b,             mailto:a%20b"
    })
    void onlyThePathOfAUrlIsEscaped(String url, String escaped) {
        assertThat(UriText.escapeAbsolute(url, UriText.scheme(url))).isEqualTo(escaped);
    }

    @ParameterizedTest(name = "{0}, NoDecode {1}: {2}")
    @CsvSource({"/a%2fb, true, /a%2fb", "/a%2fb, false, /a%252fb", "/a%20b, true, /a%2520b", "/a b, false, /a%20b"})
    void anEncodedSlashStaysOneWhereItMay(String path, boolean keepsSlash, String canonical) {
        assertThat(UriText.canonical(path, keepsSlash)).isEqualTo(canonical);
    }

    @ParameterizedTest(name = "B={0} BNE={1} BNP {2} BCTLS {3}: {4} -> {5}")
    @CsvSource({
        "'', '',  false, false, 'a b/c_d', a+b%2fc_d",
        "'', '',  true,  false, 'a b/c_d', a%20b%2fc_d",
        "'', '/', false, false, 'a b/c_d', a+b/c_d",
        "/,  '',  false, false, 'a b/c_d', 'a b%2fc_d'",
        "'', '',  false, true,  'a b/c_d', a+b/c_d"
    })
    void backReferencesAreEscapedAsTheFlagsSay(
            String escapes, String spared, boolean noPlus, boolean controls, String captured, String written) {
        assertThat(new UriText.BackReferences(escapes, spared, noPlus, controls).write(captured))
                .isEqualTo(written);
    }

    @Test
    void controlCharactersAndBlanksAreFound() {
        assertThat(UriText.hasControlOrBlank("a b")).isTrue();
        assertThat(UriText.hasControl("a b")).isFalse();
        assertThat(UriText.hasControl("a\tb")).isTrue();
        assertThat(UriText.hasControl("a\u007f")).isTrue();
        assertThat(UriText.hasControlOrBlank("ab")).isFalse();
    }
}
