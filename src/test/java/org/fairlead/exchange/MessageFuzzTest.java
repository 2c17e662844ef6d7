package org.fairlead.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.fairlead.http.Headers;
import org.fairlead.http.HopByHop;
import org.fairlead.http.MaxForwards;
import org.fairlead.http.PathView;
import org.fairlead.http.PathView.Decoding;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;
import org.fairlead.http.Via;

/**
 * What strangers write in a request's head, against seeds and, with {@code JAZZER_FUZZ=1} and one method chosen, against
 * what a fuzzer makes of them.
 */
class MessageFuzzTest {
    private static String text(byte[] data) {
        return new String(data, StandardCharsets.ISO_8859_1);
    }

    /** Any target is refused, or has one normal form that every reader agrees on. */
    @FuzzTest(maxDuration = "60s")
    void aTargetIsRefusedOrUnambiguous(byte[] data) throws Exception {
        String raw = text(data);
        RequestTarget target;
        try {
            target = RequestTarget.parse(raw);
        } catch (RefusedException e) {
            assertThat(e.status()).isIn(400, 404);
            return;
        }
        assertThat(target.raw()).isEqualTo(raw);
        assertThat(target.path() + target.querySuffix()).isEqualTo(raw);
        assertThat(raw.chars()).allMatch(c -> c > ' ' && c != 0x7F);
        assertThat(target.forwardPath().chars()).allMatch(c -> c > ' ' && c < 0x7F && "[]|{}^`\"<>\\".indexOf(c) < 0);
        assertThat(target.normalPath()).startsWith("/").doesNotContain("//", "/../", "/./");
        for (String segment : target.forwardPath().split("/")) {
            assertThat(segment.toLowerCase(Locale.ROOT).replace("%2e", ".")).isNotIn(".", "..");
        }
        RequestTarget again = RequestTarget.parse(target.forwardPath());
        assertThat(again.forwardPath()).isEqualTo(target.forwardPath());
        assertThat(again.normalPath()).isEqualTo(target.normalPath());
        for (Decoding decoding : Decoding.values()) {
            for (boolean dropParameters : new boolean[] {false, true}) {
                PathView view = PathView.of(target.forwardPath(), decoding, dropParameters);
                assertThat(view.text()).startsWith("/").doesNotContain("//", "/../", "/./");
                assertThat(view.offset(view.text().length()))
                        .isLessThanOrEqualTo(target.forwardPath().length());
            }
        }
    }

    /** Lines of {@code Name: value}, as a container tells them: no line break in them, names that are tokens. */
    private static Headers headers(byte[] data) {
        Headers headers = new Headers();
        text(data).lines().limit(100).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return headers;
    }

    /** Whatever Connection says, what it names is gone, and what ends messages or loops is still there. */
    @FuzzTest(maxDuration = "60s")
    void hopByHopFieldsNeverPass(byte[] data) {
        Headers headers = headers(data);
        Headers before = headers.copy();
        boolean upgrade = HopByHop.upgrade(headers).isPresent();
        assertThat(upgrade).isEqualTo(headers.contains("Upgrade") && HopByHop.names(headers, "upgrade"));
        HopByHop.acceptsTrailers(headers);
        try {
            HopByHop.stripRequest(headers);
        } catch (RefusedException e) {
            assertThat(e.status()).isEqualTo(400);
            return;
        }
        for (String name : List.of("Connection", "Keep-Alive", "TE", "Upgrade", "Proxy", "Transfer-Encoding")) {
            assertThat(headers.contains(name)).as(name).isFalse();
        }
        for (String kept : List.of("Host", "Content-Length", "Via", "Max-Forwards")) {
            assertThat(headers.all(kept)).isEqualTo(before.all(kept));
        }
        headers.forEach((name, value) -> assertThat(HopByHop.names(before, name) && !isKept(name))
                .as(name)
                .isFalse());
    }

    private static boolean isKept(String name) {
        return List.of("host", "content-length", "transfer-encoding", "via", "max-forwards")
                .contains(name.toLowerCase(Locale.ROOT));
    }

    /** What we say of a client is there once, last, and is what we know. */
    @FuzzTest(maxDuration = "60s")
    void ourOwnFieldsAreNotTheClientsToWrite(byte[] data) throws Exception {
        Headers headers = headers(data);
        ClientConnection client = new ClientConnection("192.0.2.7", 4711, "192.0.2.1", 8080, false);
        String authority = headers.first("Host").orElse("");
        ClaimedFields.with().takeFrom(headers);
        Forwarded.continueChain(headers, client, authority);
        assertThat(headers.contains("Forwarded")).isFalse();
        Forwarded.add(headers, client, authority, "proxy.example");
        assertThat(headers.all("X-Forwarded-For")).containsExactly("192.0.2.7");
        assertThat(headers.all("X-Forwarded-Proto")).containsExactly("http");
        assertThat(headers.all("X-Forwarded-Port"))
                .singleElement()
                .asString()
                .containsOnlyDigits()
                .hasSizeLessThanOrEqualTo(5);
        try {
            Via.refuseLoop(headers, "proxy.example:8080");
        } catch (RefusedException e) {
            assertThat(e.status()).isIn(508, 400);
        }
        Via.append(headers, Via.entry("HTTP/1.1", "proxy.example:8080", ""));
        assertThat(headers.all("Via").get(headers.all("Via").size() - 1)).endsWith("1.1 proxy.example:8080");
        try {
            MaxForwards.decrement(headers, "GET", -1);
        } catch (RefusedException e) {
            assertThat(e.status()).isEqualTo(400);
        }
    }
}
