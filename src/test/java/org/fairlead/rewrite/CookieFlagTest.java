package org.fairlead.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The flag CO of mod_rewrite. */
class CookieFlagTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-12-01T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest(name = "CO={0}: {1}")
    @CsvSource({
        "n:v:.example.com,             n=v; path=/; domain=.example.com",
        "n:v:d:10,                     'n=v; path=/; domain=d; expires=Tue, 01-Dec-2026 12:10:00 GMT'",
        "n:v:d:-1,                     'n=v; path=/; domain=d; expires=Tue, 01-Dec-2026 11:59:00 GMT'",
        "n:v:d:0:/app,                 n=v; path=/app; domain=d",
        "n:v:d:0:/:true:1,             n=v; path=/; domain=d; secure; HttpOnly",
        "n:v:d:0:/:secure:HttpOnly,    n=v; path=/; domain=d; secure; HttpOnly",
        "n:v:d:0:/:no:no:Lax,          n=v; path=/; domain=d; SameSite=Lax",
        "n:v:d:0:/:no:no:false,        n=v; path=/; domain=d",
        ";n;v:w;d,                     n=v:w; path=/; domain=d",
        "n::v:::d,                     n=v; path=/; domain=d"
    })
    void thePartsMakeACookie(String flag, String cookie) {
        assertThat(CookieFlag.setCookie(flag, NOON)).hasValue(cookie);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n", "n:v", "n:v:", ";n;v"})
    void fewerThanThreePartsMakeNone(String flag) {
        assertThat(CookieFlag.setCookie(flag, NOON)).isEmpty();
    }

    @Test
    void aLifetimeBeyondTheCalendarIsACentury() {
        assertThat(CookieFlag.setCookie("n:v:d:2147483647", NOON).orElseThrow()).contains("-2127 ");
    }

    @Test
    void aCookieIsNamedByWhatStandsBeforeItsFirstEqualsSign() {
        assertThat(CookieFlag.name("a=b=c; path=/")).isEqualTo("a");
    }
}
