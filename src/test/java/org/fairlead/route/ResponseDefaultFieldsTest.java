package org.fairlead.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.fairlead.http.Headers;
import org.fairlead.model.ExpiresConfig;
import org.fairlead.model.ExpiresConfig.Base;
import org.fairlead.model.ExpiresConfig.Expiry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What mod_expires and AddDefaultCharset add to members' responses; every row is what httpd 2.4 did with it. */
class ResponseDefaultFieldsTest {
    private static final ExpiresConfig EXPIRES = new ExpiresConfig(
            Optional.of(true),
            Optional.of(new Expiry(Base.ACCESS, 5400)),
            Map.of(
                    "text/css", new Expiry(Base.ACCESS, 31_536_000),
                    "image/*", new Expiry(Base.ACCESS, 1_209_600),
                    "text/plain", new Expiry(Base.MODIFICATION, 600),
                    "application/past", new Expiry(Base.ACCESS, -5)),
            true);

    private static Headers response(String type) {
        return type == null ? new Headers() : Headers.of("Content-Type", type);
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(textBlock = """
            200, text/html,        max-age=5400
            200, text/css,         max-age=31536000
            200, TEXT/CSS;a=b,     max-age=31536000
            200, text/css ; a=b,   max-age=31536000
            200, image/png,        max-age=1209600
            200, IMAGE/x,          max-age=1209600
            200, text/plain,
            200, application/past, max-age=0
            200, ,                 max-age=5400
            302, text/css,         max-age=31536000
            304, ,                 max-age=5400
            404, text/css,
            500, text/css,
            """)
    void theLifetimeIsThatOfTheType(int status, String type, String age) {
        Headers response = response(type);

        ResponseDefaultFields.lifetime(EXPIRES, status, response, HeaderRules.Moment.now());

        assertThat(response.first("Cache-Control").orElse(null)).isEqualTo(age);
        assertThat(response.contains("Expires")).isEqualTo(age != null);
    }

    @Test
    void aMembersOwnExpiresStaysAndItsCacheControlIsAddedToInItsFirstLine() {
        Headers own = Headers.of("Content-Type", "text/css", "Expires", "0");
        Headers line = Headers.of("Content-Type", "text/css", "Cache-Control", "no-cache", "Cache-Control", "private");

        ResponseDefaultFields.lifetime(EXPIRES, 200, own, HeaderRules.Moment.now());
        ResponseDefaultFields.lifetime(EXPIRES, 200, line, HeaderRules.Moment.now());

        assertThat(own.contains("Cache-Control")).isFalse();
        assertThat(line.all("Cache-Control")).containsExactly("no-cache, max-age=31536000", "private");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(textBlock = """
            text/html,                text/html; charset=utf-8
            TEXT/Plain,               TEXT/Plain; charset=utf-8
            text/html; level=1,       text/html; level=1; charset=utf-8
            text/html;Charset=latin1, text/html;Charset=latin1
            text/htmlx,               text/htmlx; charset=utf-8
            application/json,         application/json
            text/css,                 text/css
            """)
    void onlyTextWithoutACharacterSetGetsOne(String type, String expected) {
        Headers response = response(type);

        ResponseDefaultFields.charset("utf-8", response);

        assertThat(response.first("Content-Type")).contains(expected);
    }

    @Test
    void aResponseWithoutATypeGetsNone() {
        Headers response = new Headers();

        ResponseDefaultFields.charset("utf-8", response);

        assertThat(response.size()).isZero();
    }
}
