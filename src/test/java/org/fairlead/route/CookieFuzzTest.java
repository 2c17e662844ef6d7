package org.fairlead.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fairlead.model.CookieConfig;
import org.fairlead.model.Source;

class CookieFuzzTest {
    private static final CookieRewrite RULES = CookieRewrite.of(
            List.of(new CookieConfig("one.int", "www.example.com", Source.NONE)),
            List.of(new CookieConfig("/app", "/", Source.NONE), new CookieConfig("/", "/shop/", Source.NONE)));

    /** The value of a cookie and every attribute but Path and Domain are the member's, byte for byte. */
    @FuzzTest(maxDuration = "60s")
    void onlyPathAndDomainAreRewritten(byte[] data) {
        String cookie = new String(data, StandardCharsets.ISO_8859_1);
        String[] before = cookie.split(";", -1);
        String[] after = RULES.rewrite(cookie, "/ctx").split(";", -1);
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.length; i++) {
            String name = before[i].split("=", 2)[0];
            boolean rewritten = i > 0
                    && before[i].indexOf('=') >= 0
                    && (name.trim().equalsIgnoreCase("path") || name.trim().equalsIgnoreCase("domain"));
            assertThat(after[i]).startsWith(name);
            if (!rewritten) {
                assertThat(after[i]).isEqualTo(before[i]);
            }
        }
    }
}
