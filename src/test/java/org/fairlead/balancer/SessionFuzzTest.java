package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestHead;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.StickyConfig;

class SessionFuzzTest {
    private static final StickySession STICKY =
            new StickySession(new StickyConfig("JSESSIONID", "jsessionid", Optional.of('.'), true, Optional.of("LB")));

    /** Whatever a cookie says, the route is a part of it, short, and without what ends it. */
    @FuzzTest(maxDuration = "60s")
    void aCookieNamesARouteOrNone(byte[] data) throws Exception {
        String cookie = new String(data, StandardCharsets.ISO_8859_1);
        Affinity wish = STICKY.wish(
                new RequestHead("GET", RequestTarget.parse("/"), "HTTP/1.1", Headers.of("Cookie", cookie)), "");
        wish.route().ifPresent(route -> {
            assertThat(cookie).contains(route);
            assertThat(route).isNotEmpty().hasSizeLessThanOrEqualTo(95).doesNotContain(";", ",");
            assertThat(wish.sticky().orElseThrow()).isIn("JSESSIONID", "LB");
        });
    }

    @FuzzTest(maxDuration = "60s")
    void aTargetNamesARouteOrNone(byte[] data) {
        RequestTarget target;
        try {
            target = RequestTarget.parse(new String(data, StandardCharsets.ISO_8859_1));
        } catch (RefusedException e) {
            return;
        }
        Affinity wish = STICKY.wish(new RequestHead("GET", target, "HTTP/1.1", new Headers()), "");
        wish.route().ifPresent(route -> {
            assertThat(target.raw()).contains(route);
            assertThat(route).isNotEmpty().hasSizeLessThanOrEqualTo(95).doesNotContain("/", "?", "&", ";");
        });
    }

    @FuzzTest(maxDuration = "60s")
    void aHeartbeatIsReadOrRefused(byte[] data) {
        try {
            Heartbeat.parse(new String(data, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
