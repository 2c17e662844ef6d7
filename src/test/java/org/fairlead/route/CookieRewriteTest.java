package org.fairlead.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.fairlead.http.Headers;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.CookieConfig;
import org.fairlead.model.Source;
import org.fairlead.route.ResponseRewrite.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The last column is what httpd 2.4.71 made of the same cookie: {@code =} is the same; where it is another, ours is a
 * listed decision: the rest of a path is kept, a rule ends on a segment's boundary, every attribute of a name is edited,
 * and blanks around it are no disguise.
 */
class CookieRewriteTest {
    private static final Context CLIENT = new Context("http", "h.example", "", name -> List.of());

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            # path
            ProxyPassReverseCookiePath /app /m ¦ a=b; Path=/app ¦ a=b; Path=/m ¦ =
            ProxyPassReverseCookiePath /app /m ¦ a=b; Path=/app/ ¦ a=b; Path=/m/ ¦ a=b; Path=/m
            ProxyPassReverseCookiePath /app /m ¦ a=b; Path=/app/x/y ¦ a=b; Path=/m/x/y ¦ a=b; Path=/m
            ProxyPassReverseCookiePath /app /m ¦ a=b; Path=/apple ¦ a=b; Path=/apple ¦ a=b; Path=/m
            ProxyPassReverseCookiePath /app /m ¦ a=b; Path=/App ¦ a=b; Path=/App ¦ =
            ProxyPassReverseCookiePath /app /m ¦ a=b; Path=/ ¦ a=b; Path=/ ¦ =
            ProxyPassReverseCookiePath /app/ /m/ ¦ a=b; Path=/app ¦ a=b; Path=/app ¦ =
            ProxyPassReverseCookiePath /app/ /m/ ¦ a=b; Path=/app/x ¦ a=b; Path=/m/x ¦ a=b; Path=/m/
            ProxyPassReverseCookiePath / /m ¦ a=b; Path=/ ¦ a=b; Path=/m ¦ =
            ProxyPassReverseCookiePath / /m ¦ a=b; Path=/x ¦ a=b; Path=/m/x ¦ a=b; Path=/m
            ProxyPassReverseCookiePath / /m/ ¦ a=b; Path=/x ¦ a=b; Path=/m/x ¦ a=b; Path=/m/
            ProxyPassReverseCookiePath / /m/ ¦ a=b; Path=/ ¦ a=b; Path=/m/ ¦ =
            ProxyPassReverseCookiePath /app / ¦ a=b; Path=/app ¦ a=b; Path=/ ¦ =
            ProxyPassReverseCookiePath /app / ¦ a=b; Path=/app/x ¦ a=b; Path=/x ¦ a=b; Path=/
            ProxyPassReverseCookiePath /app/ / ¦ a=b; Path=/app/x ¦ a=b; Path=/x ¦ a=b; Path=/
            ProxyPassReverseCookiePath /a /m; ProxyPassReverseCookiePath /a/b /n ¦ a=b; Path=/a/b ¦ a=b; Path=/m/b ¦ a=b; Path=/m
            ProxyPassReverseCookiePath /a/b /n; ProxyPassReverseCookiePath /a /m ¦ a=b; Path=/a/b ¦ a=b; Path=/n ¦ =
            ProxyPassReverseCookiePath /app /m ¦ a=b; path=/app; HttpOnly ¦ a=b; path=/m; HttpOnly ¦ =
            ProxyPassReverseCookiePath /app /m ¦ a=b;PATH=/app;Secure ¦ a=b;PATH=/m;Secure ¦ =
            ProxyPassReverseCookiePath /app /m ¦ a=b; Path = /app ; x ¦ a=b; Path = /m ; x ¦ a=b; Path = /app ; x
            ProxyPassReverseCookiePath /app /m ¦ a=b; Path="/app" ¦ a=b; Path="/app" ¦ =
            ProxyPassReverseCookiePath /app /m ¦ a=b; Path= ¦ a=b; Path= ¦ =
            ProxyPassReverseCookiePath /app /m ¦ a=b; Path ¦ a=b; Path ¦ =
            ProxyPassReverseCookiePath /app /m ¦ a=b ¦ a=b ¦ =
            ProxyPassReverseCookiePath /app /m ¦ a=/app; XPath=/app ¦ a=/app; XPath=/app ¦ =
            ProxyPassReverseCookiePath /app /m ¦ path=/app; Path=/app ¦ path=/app; Path=/m ¦ =
            ProxyPassReverseCookiePath /app /m ¦ a="x; Path=/app" ¦ a="x; Path=/app" ¦ a="x; Path=/m
            ProxyPassReverseCookiePath /app /m ¦ a=b; Path=/app; Path=/app/z ¦ a=b; Path=/m; Path=/m/z ¦ a=b; Path=/app; Path=/m
            # other attributes
            ProxyPassReverseCookiePath /app /m ¦ a=b=c==; Expires=Wed, 21 Oct 2037 07:28:00 GMT; Path=/app; Max-Age=10 ¦ a=b=c==; Expires=Wed, 21 Oct 2037 07:28:00 GMT; Path=/m; Max-Age=10 ¦ =
            ProxyPassReverseCookiePath /app /m ¦ a=b; SameSite=None; Partitioned; Priority=High; Path=/app; Foo=/app ¦ a=b; SameSite=None; Partitioned; Priority=High; Path=/m; Foo=/app ¦ =
            ProxyPassReverseCookiePath /app /m ¦ a=b;; ;Path=/app; ¦ a=b;; ;Path=/m; ¦ =
            ProxyPassReverseCookiePath /app /m ¦ __Host-a=b; Secure; Path=/ ¦ __Host-a=b; Secure; Path=/ ¦ =
            # domain
            ProxyPassReverseCookieDomain one.int pub.example ¦ a=b; Domain=one.int ¦ a=b; Domain=pub.example ¦ =
            ProxyPassReverseCookieDomain one.int pub.example ¦ a=b; domain=ONE.INT; Path=/ ¦ a=b; domain=pub.example; Path=/ ¦ =
            ProxyPassReverseCookieDomain one.int pub.example ¦ a=b; Domain=.one.int ¦ a=b; Domain=.one.int ¦ =
            ProxyPassReverseCookieDomain one.int pub.example ¦ a=b; Domain=one.internal ¦ a=b; Domain=pub.example ¦ =
            ProxyPassReverseCookieDomain one.int pub.example ¦ a=b; Domain=x.one.int ¦ a=b; Domain=x.one.int ¦ =
            ProxyPassReverseCookieDomain one.int pub.example ¦ a=b; Domain= ¦ a=b; Domain= ¦ =
            ProxyPassReverseCookieDomain .one.int .pub.example ¦ a=b; Domain=.one.int; HttpOnly ¦ a=b; Domain=.pub.example; HttpOnly ¦ =
            ProxyPassReverseCookieDomain a p; ProxyPassReverseCookieDomain a q ¦ a=b; Domain=a ¦ a=b; Domain=p ¦ =
            # both
            ProxyPassReverseCookieDomain one.int p.example; ProxyPassReverseCookiePath /app /longer/path ¦ a=b; Domain=one.int; Path=/app ¦ a=b; Domain=p.example; Path=/longer/path ¦ =
            ProxyPassReverseCookieDomain one.int p.example; ProxyPassReverseCookiePath /app /longer/path ¦ a=b; Path=/app; x; Domain=one.int ¦ a=b; Path=/longer/path; x; Domain=p.example ¦ =
            ProxyPassReverseCookiePath /app /m; <Location /s> ProxyPassReverseCookiePath /app /n ¦ a=b; Path=/app ¦ a=b; Path=/m ¦ =
            <Location /s> ProxyPassReverseCookiePath /app /n ¦ a=b; Path=/app ¦ a=b; Path=/n ¦ =
            """)
    void editsTheAttributeAndNothingElse(String rules, String cookie, String ours, String httpd) throws Exception {
        Headers answer = Headers.of("Set-Cookie", cookie);
        Rules.of(rules).host().reverse(RequestTarget.parse("/s/x")).rewrite(answer, CLIENT);
        assertThat(answer.first("Set-Cookie").orElseThrow()).isEqualTo(ours);
    }

    @Test
    void editsEachOfSeveralCookiesOnItsOwn() throws Exception {
        Headers answer = Headers.of(
                "Set-Cookie",
                "a=1; Path=/app",
                "X",
                "y",
                "set-cookie",
                "b=2; Path=/other",
                "Set-Cookie",
                "c=3; Path=/app/z");
        Rules.of("ProxyPassReverseCookiePath /app /m")
                .host()
                .reverse(RequestTarget.parse("/"))
                .rewrite(answer, CLIENT);
        assertThat(answer.toString())
                .isEqualTo(
                        "Set-Cookie: a=1; Path=/m\nX: y\nset-cookie: b=2; Path=/other\nSet-Cookie: c=3; Path=/m/z\n");
    }

    @Provide
    Arbitrary<String> cookies() {
        Arbitrary<String> piece = Arbitraries.of(
                ";",
                "; ",
                "=",
                "Path",
                "path=",
                "Path=/app",
                "Domain=one.int",
                "domain",
                "/app",
                "one.int",
                ",",
                "\"",
                " ",
                "a=b",
                "Expires=Wed, 21 Oct 2037",
                "\u00ff",
                "\t",
                "/app/",
                "Path =/app ");
        return piece.list().ofMaxSize(12).map(pieces -> String.join("", pieces));
    }

    /** What stands between the semicolons changes only where its name is Path or Domain, and its name never does. */
    @Property(tries = 3000)
    void touchesNoOtherAttribute(@ForAll("cookies") String cookie) {
        CookieRewrite rules = CookieRewrite.of(
                List.of(new CookieConfig("one.int", "a.much.longer.name.example", Source.NONE)),
                List.of(new CookieConfig("/app", "/", Source.NONE)));
        String[] before = cookie.split(";", -1);
        String[] after = rules.rewrite(cookie, "").split(";", -1);
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.length; i++) {
            String name = before[i].split("=", 2)[0];
            assertThat(after[i]).startsWith(name);
            if (i == 0 || !name.trim().equalsIgnoreCase("path") && !name.trim().equalsIgnoreCase("domain")) {
                assertThat(after[i]).isEqualTo(before[i]);
            }
        }
    }

    @Property(tries = 500)
    void leavesACookieAsItIsWhereNoRuleIsForIt(@ForAll("cookies") String cookie) {
        CookieRewrite rules = CookieRewrite.of(
                List.of(new CookieConfig("elsewhere", "x", Source.NONE)),
                List.of(new CookieConfig("/elsewhere", "/x", Source.NONE)));
        assertThat(rules.rewrite(cookie, "/ctx")).isEqualTo(cookie);
    }
}
