package org.fairlead.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fairlead.http.Headers;
import org.fairlead.http.RequestTarget;
import org.fairlead.route.ResponseRewrite.Context;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a client sees of the URLs in an answer. The last column is what httpd 2.4.71 made of the same line: {@code =} is
 * the same; where it is another, ours is a listed decision.
 */
class ReverseMappingTest {
    /** The balancer x has the members {@code http://one} and {@code http://two/ctx}; the client asked h.example. */
    private static Context client(String mountPath) {
        return new Context(
                "http",
                "h.example",
                mountPath,
                name -> name.equals("x")
                        ? List.of(Rules.member("http://one", ""), Rules.member("http://two/ctx", "/ctx"))
                        : List.of());
    }

    private static String rewrite(String rules, String name, String value, String mountPath) throws Exception {
        Headers answer = Headers.of("Server", "m", name, value, "Date", "d");
        Rules.of(rules).host().reverse(RequestTarget.parse("/s/x")).rewrite(answer, client(mountPath));
        return answer.first(name).orElseThrow();
    }

    @ParameterizedTest(name = "{0}: {1}: {2} -> {3}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            # which fields
            ProxyPassReverse /m http://one ¦ Location ¦ http://one/a ¦ http://h.example/m/a ¦ =
            ProxyPassReverse /m http://one ¦ Content-Location ¦ http://one/a ¦ http://h.example/m/a ¦ =
            ProxyPassReverse /m http://one ¦ URI ¦ http://one/a ¦ http://h.example/m/a ¦ =
            ProxyPassReverse /m http://one ¦ Destination ¦ http://one/a ¦ http://h.example/m/a ¦ =
            ProxyPassReverse /m http://one ¦ Refresh ¦ 5; url=http://one/a ¦ 5; url=http://h.example/m/a ¦ 5; url=http://one/a
            ProxyPassReverse /m http://one ¦ Refresh ¦ 0;URL='http://one/a' ¦ 0;URL='http://h.example/m/a' ¦ 0;URL='http://one/a'
            ProxyPassReverse /m http://one ¦ Refresh ¦ 0; url="http://one/a" ¦ 0; url="http://h.example/m/a" ¦ 0; url="http://one/a"
            ProxyPassReverse /m http://one ¦ Refresh ¦ 5 ¦ 5 ¦ =
            ProxyPassReverse /m http://one ¦ Refresh ¦ 5; ¦ 5; ¦ =
            ProxyPassReverse /m http://one ¦ Link ¦ <http://one/a>; rel="next" ¦ <http://h.example/m/a>; rel="next" ¦ <http://one/a>; rel="next"
            ProxyPassReverse /m http://one ¦ Link ¦ <http://one/a>; rel="a <http://one/b>", </x>, <http://one/c> ¦ <http://h.example/m/a>; rel="a <http://one/b>", </x>, <http://h.example/m/c> ¦ <http://one/a>; rel="a <http://one/b>", </x>, <http://one/c>
            ProxyPassReverse /m http://one ¦ Link ¦ <http://one/a ¦ <http://one/a ¦ =
            ProxyPassReverse /m http://one ¦ X-Location ¦ http://one/a ¦ http://one/a ¦ =
            ProxyPassReverse /m http://one ¦ Referer ¦ http://one/a ¦ http://one/a ¦ =
            # prefixes
            ProxyPassReverse /m http://one ¦ Location ¦ http://one ¦ http://h.example/m ¦ =
            ProxyPassReverse /m http://one ¦ Location ¦ http://one/ ¦ http://h.example/m/ ¦ =
            ProxyPassReverse /m http://one ¦ Location ¦ HTTP://ONE/a?b#c ¦ http://h.example/m/a?b#c ¦ =
            ProxyPassReverse /m http://one ¦ Location ¦ http://one?q ¦ http://h.example/m?q ¦ =
            ProxyPassReverse /m http://one ¦ Location ¦ http://one:8080/a ¦ http://one:8080/a ¦ http://h.example/m:8080/a
            ProxyPassReverse /m http://one ¦ Location ¦ http://one.evil/a ¦ http://one.evil/a ¦ http://h.example/m.evil/a
            ProxyPassReverse /m http://one:80 ¦ Location ¦ http://one:8080/a ¦ http://one:8080/a ¦ http://h.example/m80/a
            ProxyPassReverse /m http://one ¦ Location ¦ https://one/a ¦ https://one/a ¦ =
            ProxyPassReverse /m http://one ¦ Location ¦ /a ¦ /a ¦ =
            ProxyPassReverse /m http://one ¦ Location ¦ a/b ¦ a/b ¦ =
            ProxyPassReverse /m http://one ¦ Location ¦ //one/a ¦ //one/a ¦ =
            ProxyPassReverse /m http://one ¦ Location ¦ http://two/?u=http://one/a ¦ http://two/?u=http://one/a ¦ =
            ProxyPassReverse /m/ http://one/ ¦ Location ¦ http://one ¦ http://one ¦ =
            ProxyPassReverse /m/ http://one/ ¦ Location ¦ http://one/ ¦ http://h.example/m/ ¦ =
            ProxyPassReverse /m/ http://one/x/ ¦ Location ¦ http://one/x/y/z?q ¦ http://h.example/m/y/z?q ¦ =
            ProxyPassReverse /m/ http://one/x/ ¦ Location ¦ http://one/X/y ¦ http://h.example/m/y ¦ =
            ProxyPassReverse /m/ http://one/x/ ¦ Location ¦ http://one/xy ¦ http://one/xy ¦ =
            ProxyPassReverse /m http://one/x ¦ Location ¦ http://one/xy ¦ http://h.example/my ¦ =
            ProxyPassReverse / http://one/ ¦ Location ¦ http://one/a//b;c?d=%2F ¦ http://h.example/a//b;c?d=%2F ¦ =
            ProxyPassReverse / http://one/ ¦ Location ¦ http://one/%C3%A9 ¦ http://h.example/%C3%A9 ¦ =
            ProxyPassReverse / http://one/ ¦ Location ¦ http://one/a?b=http://one/ ¦ http://h.example/a?b=http://one/ ¦ =
            # paths
            ProxyPassReverse /m /x ¦ Location ¦ /x/y ¦ http://h.example/m/y ¦ =
            ProxyPassReverse /m /x ¦ Location ¦ http://any/x/y ¦ http://h.example/m/y ¦ =
            ProxyPassReverse /m /x ¦ Location ¦ http://any/X/y ¦ http://h.example/m/y ¦ =
            ProxyPassReverse /m /x ¦ Location ¦ http://any/z/x ¦ http://any/z/x ¦ =
            ProxyPassReverse /m/ / ¦ Location ¦ /a ¦ http://h.example/m/a ¦ =
            ProxyPassReverse /m/ / ¦ Location ¦ http://any ¦ http://any ¦ =
            ProxyPassReverse /m/ / ¦ Location ¦ http://any/a ¦ http://h.example/m/a ¦ =
            ProxyPassReverse /m /x ¦ Location ¦ x/y ¦ x/y ¦ =
            # order
            ProxyPassReverse /m/ http://one/; ProxyPassReverse /n/ http://one/x/ ¦ Location ¦ http://one/x/y ¦ http://h.example/m/x/y ¦ =
            ProxyPassReverse /n/ http://one/x/; ProxyPassReverse /m/ http://one/ ¦ Location ¦ http://one/x/y ¦ http://h.example/n/y ¦ =
            ProxyPassReverse /m/ http://one/; ProxyPassReverse /m/ http://two/ ¦ Location ¦ http://two/y ¦ http://h.example/m/y ¦ =
            ProxyPassReverse /m/ http://one/; <Location /> ProxyPassReverse http://one/ ¦ Location ¦ http://one/y ¦ http://h.example/m/y ¦ =
            <Location /> ProxyPassReverse http://one/x/ ¦ Location ¦ http://one/x/y ¦ http://h.example/y ¦ =
            <Location /s> ProxyPassReverse http://one/x ¦ Location ¦ http://one/x/y ¦ http://h.example/s/y ¦ =
            # whole URLs
            ProxyPassReverse http://pub/m/ http://one/ ¦ Location ¦ http://one/x ¦ http://pub/m/x ¦ =
            ProxyPassReverse https://pub http://one ¦ Location ¦ http://one/x ¦ https://pub/x ¦ =
            # balancers: members http://one and http://two/ctx
            ProxyPassReverse /m balancer://x ¦ Location ¦ http://one/a ¦ http://h.example/m/a ¦ =
            ProxyPassReverse /m balancer://x/ ¦ Location ¦ http://one/a ¦ http://h.example/m/a ¦ =
            ProxyPassReverse / balancer://x/ ¦ Location ¦ http://one/a ¦ http://h.example/a ¦ =
            ProxyPassReverse / balancer://x/ ¦ Location ¦ http://two/ctx/a ¦ http://h.example/a ¦ =
            ProxyPassReverse / balancer://x/ ¦ Location ¦ http://two/a ¦ http://two/a ¦ =
            ProxyPassReverse / balancer://x/ ¦ Location ¦ http://one ¦ http://h.example/ ¦ =
            ProxyPassReverse /m/ balancer://x/ ¦ Location ¦ http://one/a ¦ http://h.example/m/a ¦ http://h.example/m//a
            ProxyPassReverse /m balancer://x/p ¦ Location ¦ http://one/p/a ¦ http://h.example/m/a ¦ =
            ProxyPassReverse /m balancer://x/p ¦ Location ¦ http://two/ctx/p/a ¦ http://h.example/m/a ¦ =
            ProxyPassReverse /m balancer://x/p ¦ Location ¦ http://one/q/a ¦ http://one/q/a ¦ =
            ProxyPassReverse /m balancer://x/p/ ¦ Location ¦ http://one/p/a ¦ http://h.example/ma ¦ =
            ProxyPassReverse /m balancer://x/p ¦ Location ¦ http://ONE/p/a ¦ http://h.example/m/a ¦ =
            ProxyPassReverse /m balancer://x/p ¦ Location ¦ http://one/P/a ¦ http://one/P/a ¦ =
            ProxyPassReverse / balancer://x/ ¦ Location ¦ http://one:81/a ¦ http://one:81/a ¦ http://h.example/:81/a
            ProxyPassReverse / balancer://nobody/ ¦ Location ¦ http://one/a ¦ http://one/a ¦ =
            ProxyPassReverse / BALANCER://x/ ¦ Location ¦ http://one/a ¦ http://h.example/a ¦ =
            # double slashes
            ProxyPassReverse / http://one ¦ Location ¦ http://one/a ¦ http://h.example/a ¦ http://h.example//a
            ProxyPassReverse /m/ http://one ¦ Location ¦ http://one/a ¦ http://h.example/m/a ¦ http://h.example/m//a
            ProxyPassReverse /m/ / ¦ Location ¦ //one/a ¦ http://h.example/m/one/a ¦ http://h.example/m//one/a
            """)
    void namesUsInsteadOfTheMember(String rules, String name, String value, String ours, String httpd)
            throws Exception {
        assertThat(rewrite(rules, name, value, "")).isEqualTo(ours);
    }

    @ParameterizedTest(name = "mounted at /ctx, {0}: {1}: {2} -> {3}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            ProxyPassReverse / http://one/ ¦ Location ¦ http://one/a ¦ http://h.example/ctx/a
            ProxyPassReverse /m /x ¦ Location ¦ /x/y ¦ http://h.example/ctx/m/y
            ProxyPassReverse / balancer://x/ ¦ Location ¦ http://two/ctx/a ¦ http://h.example/ctx/a
            ProxyPassReverse http://pub/m/ http://one/ ¦ Location ¦ http://one/x ¦ http://pub/m/x
            ProxyPassReverse / http://one/ ¦ Location ¦ http://two/a ¦ http://two/a
            ProxyPassReverse / http://one/ ¦ Link ¦ <http://one/a>; rel=x ¦ <http://h.example/ctx/a>; rel=x
            ProxyPassReverseCookiePath / / ¦ Set-Cookie ¦ a=b; Path=/ ¦ a=b; Path=/ctx
            ProxyPassReverseCookiePath / / ¦ Set-Cookie ¦ a=b; Path=/x ¦ a=b; Path=/ctx/x
            ProxyPassReverseCookiePath /x /y ¦ Set-Cookie ¦ a=b; Path=/z ¦ a=b; Path=/z
            """)
    void putsTheMountPathInFrontOfWhatItRewrites(String rules, String name, String value, String expected)
            throws Exception {
        assertThat(rewrite(rules, name, value, "/ctx")).isEqualTo(expected);
    }
}
