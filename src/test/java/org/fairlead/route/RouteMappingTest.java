package org.fairlead.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which rules lead where. The last column is what httpd 2.4.71 did with the same lines, {@code AllowEncodedSlashes NoDecode}
 * unless they say otherwise; {@code =} is the same (for what is excluded or unmatched: 404). Where it is another, ours is a
 * listed decision: bytes are forwarded as they came, a member's path and the rest meet at one slash, and a path in which
 * others may see what we do not is refused.
 */
class RouteMappingTest {
    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            # segments
            ProxyPass /foo http://one/bar ¦ /foo ¦ one /bar ¦ =
            ProxyPass /foo http://one/bar ¦ /foo/ ¦ one /bar/ ¦ =
            ProxyPass /foo http://one/bar ¦ /foo/x ¦ one /bar/x ¦ =
            ProxyPass /foo http://one/bar ¦ /foobar ¦ unmatched ¦ =
            ProxyPass /foo http://one/bar ¦ /Foo/x ¦ unmatched ¦ =
            ProxyPass /foo http://one/bar ¦ /foo?q=1 ¦ one /bar?q=1 ¦ =
            ProxyPass /foo http://one/bar ¦ /foo? ¦ one /bar? ¦ =
            ProxyPass /foo http://one/bar ¦ /foo/?a?b ¦ one /bar/?a?b ¦ =
            ProxyPass /foo http://one/bar ¦ /foo;v=1/x ¦ unmatched ¦ =
            ProxyPass /foo http://one/bar ¦ /foo%2Fx ¦ unmatched ¦ =
            ProxyPass /foo http://one/bar ¦ /x/foo ¦ unmatched ¦ =
            ProxyPass /foo/ http://one/bar/ ¦ /foo ¦ unmatched ¦ =
            ProxyPass /foo/ http://one/bar/ ¦ /foo/ ¦ one /bar/ ¦ =
            ProxyPass /foo/ http://one/bar/ ¦ /foo/x/ ¦ one /bar/x/ ¦ =
            ProxyPass /foo/ http://one/bar/ ¦ /foo/x;v=1/y;w ¦ one /bar/x;v=1/y;w ¦ =
            ProxyPass /foo/ http://one/bar/ ¦ /foo/?q ¦ one /bar/?q ¦ =
            ProxyPass / http://one/ ¦ / ¦ one / ¦ =
            ProxyPass / http://one/ ¦ /x ¦ one /x ¦ =
            ProxyPass / http://one/x/ ¦ /y ¦ one /x/y ¦ =
            ProxyPass /a.b http://one/c ¦ /axb/x ¦ unmatched ¦ =
            # slashes
            ProxyPass /foo http://one/bar ¦ //foo/x ¦ one /bar/x ¦ =
            ProxyPass /foo http://one/bar ¦ /foo//x ¦ one /bar//x ¦ one /bar/x
            ProxyPass /foo/ http://one/bar/ ¦ /foo//x ¦ one /bar/x ¦ =
            ProxyPass /foo/ http://one/bar/ ¦ /foo/x//y ¦ one /bar/x//y ¦ one /bar/x/y
            ProxyPass /foo//bar http://one/z ¦ /foo/bar/x ¦ one /z/x ¦ =
            ProxyPass /foo//bar http://one/z ¦ /foo///bar//x ¦ one /z//x ¦ one /z/x
            ProxyPass / http://one/ ¦ //x ¦ one /x ¦ =
            ProxyPass / http://one/ ¦ /x// ¦ one /x// ¦ one /x/
            ProxyPass / http://one/ ¦ //two/x ¦ one /two/x ¦ =
            ProxyPass /foo http://one/ ¦ /foo ¦ one / ¦ =
            ProxyPass /foo http://one/ ¦ /foo?q ¦ one /?q ¦ =
            ProxyPass /foo http://one/ ¦ /foo/x ¦ one /x ¦ one //x
            ProxyPass /foo http://one/ ¦ /foo//x ¦ one //x ¦ one //x
            ProxyPass /foo http://one/b/ ¦ /foo ¦ one /b/ ¦ =
            ProxyPass /foo http://one/b/ ¦ /foo/x ¦ one /b/x ¦ one /b//x
            ProxyPass /foo http://one/b/ ¦ /foox ¦ unmatched ¦ =
            # balancers
            ProxyPass /foo balancer://x ¦ /foo ¦ one / ¦ =
            ProxyPass /foo balancer://x ¦ /foo/y ¦ one /y ¦ =
            ProxyPass /foo balancer://x ¦ /foo?q ¦ one /?q ¦ =
            ProxyPass /foo balancer://x/ ¦ /foo/y ¦ one /y ¦ one //y
            ProxyPass /foo/ balancer://x/ ¦ /foo/ ¦ one / ¦ =
            ProxyPass /foo/ balancer://x/y/ ¦ /foo/z ¦ one /y/z ¦ =
            ProxyPass /foo balancer://app ¦ /foo ¦ one /app/ ¦ =
            ProxyPass /foo balancer://app ¦ /foo/y?q ¦ one /app/y?q ¦ =
            ProxyPass /foo/ balancer://app/z/ ¦ /foo/y ¦ one /app/z/y ¦ =
            ProxyPass / balancer://slash/ ¦ /y ¦ one /app/y ¦ one /app//y
            ProxyPass /foo balancer://slash ¦ /foo ¦ one /app/ ¦ one /app//
            ProxyPass / balancer://x/ ¦ / ¦ one / ¦ =
            # order and exclusion
            ProxyPass /a/b http://two/; ProxyPass /a http://one ¦ /a/b ¦ two / ¦ =
            ProxyPass /a http://one; ProxyPass /a/b http://two ¦ /a/b/c ¦ one /b/c ¦ =
            ProxyPass /a/b http://two; ProxyPass /a http://one ¦ /a/b/c ¦ two /c ¦ =
            ProxyPass /a/b http://two; ProxyPass /a http://one ¦ /a/bc ¦ one /bc ¦ =
            ProxyPass /a/i !; ProxyPass /a http://one/a ¦ /a/i/x ¦ excluded ¦ =
            ProxyPass /a/i !; ProxyPass /a http://one/a ¦ /a/i ¦ excluded ¦ =
            ProxyPass /a/i !; ProxyPass /a http://one/a ¦ /a/ix ¦ one /a/ix ¦ =
            ProxyPass /a http://one/a; ProxyPass /a/i ! ¦ /a/i/x ¦ one /a/i/x ¦ =
            ProxyPassMatch \\.html$ !; ProxyPass / http://one/ ¦ /x.html ¦ excluded ¦ =
            ProxyPassMatch \\.html$ !; ProxyPass / http://one/ ¦ /x.html5 ¦ one /x.html5 ¦ =
            # encodings
            ProxyPass / http://one/ ¦ /a%20b ¦ one /a%20b ¦ =
            ProxyPass / http://one/ ¦ /a%2Fb ¦ one /a%2Fb ¦ =
            ProxyPass / http://one/ ¦ /a%2fb?c%2Fd ¦ one /a%2fb?c%2Fd ¦ =
            ProxyPass / http://one/ ¦ /a%25b ¦ one /a%25b ¦ 400
            ProxyPass / http://one/ ¦ /a%252Fb ¦ one /a%252Fb ¦ one /a%2Fb
            ProxyPass / http://one/ ¦ /a%3Bb;c=%3B ¦ one /a%3Bb;c=%3B ¦ one /a;b;c=;
            ProxyPass / http://one/ ¦ /a%3Fb?c%3Fd ¦ one /a%3Fb?c%3Fd ¦ =
            ProxyPass / http://one/ ¦ /%C3%A9 ¦ one /%C3%A9 ¦ =
            ProxyPass / http://one/ ¦ /%7Euser/%41 ¦ one /%7Euser/%41 ¦ one /~user/A
            ProxyPass / http://one/ ¦ /a+b%2Bc ¦ one /a+b%2Bc ¦ one /a+b+c
            ProxyPass / http://one/ ¦ /%0d%0aX:y ¦ one /%0d%0aX:y ¦ one /%0D%0AX:y
            ProxyPass / http://one/ ¦ /a|b{c}^d[e]"f ¦ one /a%7Cb%7Bc%7D%5Ed%5Be%5D%22f ¦ =
            ProxyPass / http://one/ ¦ /a?b|c{d}\\e%zz% ¦ one /a?b|c{d}\\e%zz% ¦ =
            ProxyPass /app http://one/app ¦ /%61pp/%62 ¦ one /app/%62 ¦ one /app/b
            ProxyPass /a%20b http://one/c ¦ /a%20b/x ¦ unmatched ¦ =
            ProxyPass "/a b" http://one/c ¦ /a%20b/x ¦ one /c/x ¦ =
            ProxyPass /é http://one/c ¦ /%C3%A9/%C3%A9 ¦ one /c/%C3%A9 ¦ =
            ProxyPass /app http://one/app ¦ /a%70%70/x%20y ¦ one /app/x%20y ¦ =
            ProxyPass / http://one/; AllowEncodedSlashes Off ¦ /a%2Fb ¦ 404 ¦ =
            ProxyPass /a/b http://one/c; AllowEncodedSlashes On ¦ /a%2Fb/x ¦ one /c/x ¦ =
            ProxyPass /a/b http://one/c; AllowEncodedSlashes On ¦ /a%2Fb%2Fx ¦ one /c%2Fx ¦ one /c/x
            ProxyPass / http://one/; AllowEncodedSlashes Off ¦ /a?b=%2F ¦ one /a?b=%2F ¦ =
            # expressions
            ProxyPassMatch ^/(.*\\.gif)$ http://one/g/$1 ¦ /x.gif ¦ one /g/x.gif ¦ =
            ProxyPassMatch ^/(.*\\.gif)$ http://one/g/$1 ¦ /d/x%20y.gif?q=%20 ¦ one /g/d/x%20y.gif?q=%20 ¦ =
            ProxyPassMatch ^/(.*\\.gif)$ http://one/g/$1 ¦ /x.gifs ¦ unmatched ¦ =
            ProxyPassMatch \\.gif http://one ¦ /d/x.gif?q ¦ one /d/x.gif?q ¦ =
            ProxyPassMatch ^/x(/.*)?$ http://one/y$1 ¦ /x ¦ one /y ¦ =
            ProxyPassMatch ^/x(/.*)?$ http://one/y$1 ¦ /x/%25/z ¦ one /y/%25/z ¦ 400
            ProxyPassMatch ^/(\\w+)/(\\w+)$ http://one/$2/$1 ¦ /a/b ¦ one /b/a ¦ =
            ProxyPassMatch ^/(\\w+)/(\\w+)$ http://one/$2/$1 ¦ /a//b ¦ one /b/a ¦ =
            ProxyPassMatch ^/a http://one/$0/$9z ¦ /a ¦ one //a/z ¦ =
            ProxyPassMatch ^/a(.*)$ http://one/app$1 ¦ /a%2Fb ¦ one /app%2Fb ¦ =
            ProxyPassMatch ^/a http://one/b ¦ /a/x ¦ one /b/a/x ¦ =
            ProxyPassMatch ^/a http://one/ ¦ /a/x ¦ one /a/x ¦ one //a/x
            ProxyPassMatch ^/(x)(y)?z$ http://one/$1-$2- ¦ /xz ¦ one /x-- ¦ =
            ProxyPass ~ ^/t(.*)$ http://one/u$1 ¦ /tea ¦ one /uea ¦ =
            # mapping
            ProxyPass /e%2Ff http://one/g mapping=encoded ¦ /e%2Ff/x ¦ one /g/x ¦ =
            ProxyPass /e/f http://one/g mapping=encoded ¦ /e%2Ff/x ¦ unmatched ¦ =
            ProxyPass /e%20f http://one/g mapping=encoded ¦ /e%20f/x%20 ¦ one /g/x%20 ¦ =
            ProxyPass "/e f" http://one/g mapping=encoded ¦ /e%20f/x ¦ unmatched ¦ =
            ProxyPass /s/d http://two/late; ProxyPass /s http://one/early mapping=encoded ¦ /s/d/x ¦ one /early/d/x ¦ =
            ProxyPass /s http://one/t mapping=servlet ¦ /s;v=1/x ¦ one /t;v=1/x ¦ =
            ProxyPass /s http://one/t mapping=servlet ¦ /s/x;v=1/y ¦ one /t/x;v=1/y ¦ =
            ProxyPass /s http://one/t mapping=servlet ¦ /s;v=1 ¦ one /t;v=1 ¦ one /t
            ProxyPass /s http://one/t mapping=servlet ¦ /s//x ¦ one /t/x ¦ =
            ProxyPass /s http://one/t mapping=servlet ¦ /sx ¦ unmatched ¦ =
            ProxyPass /s http://one/t mapping=servlet ¦ /q/..;/s/y ¦ 400 ¦ one /t/y
            ProxyPass /s http://one/t mapping=servlet ¦ /s/x/..;/y ¦ 400 ¦ one /t/y
            ProxyPass /s http://one/t mapping=servlet ¦ /s/..;/y ¦ unmatched ¦ =
            ProxyPass /s/ http://one/t/ mapping=servlet ¦ /s;v=1/x ¦ one /t/x ¦ =
            ProxyPass /s/ http://one/t/ mapping=servlet ¦ /s ¦ unmatched ¦ =
            # an exclusion is final, where httpd goes on to the routes without mapping=
            ProxyPass /x/ ! mapping=encoded; ProxyPass / http://one/ ¦ /x/y ¦ excluded ¦ one /x/y
            # sections
            <Location /a> ProxyPass http://one/x; <Location /a/b> ProxyPass http://two/y ¦ /a/b/c ¦ two /y/c ¦ =
            <Location /a> ProxyPass http://one/x; <Location /a/b> ProxyPass http://two/y ¦ /a/c ¦ one /x/c ¦ =
            <Location /a> ProxyPass http://one/x; <Location /a/b> ProxyPass http://two/y ¦ /ab ¦ unmatched ¦ =
            <Location /a/b> ProxyPass http://two/y; <Location /a> ProxyPass http://one/x ¦ /a/b/c ¦ one /x/b/c ¦ =
            <Location /a> ProxyPass http://one/x; ProxyPass /a/b http://two/y ¦ /a/b/c ¦ one /x/b/c ¦ =
            <Location /a/b> ProxyPass !; ProxyPass / http://one/ ¦ /a/b/c ¦ excluded ¦ =
            <Location /a/b> ProxyPass !; ProxyPass / http://one/ ¦ /a/c ¦ one /a/c ¦ =
            <Location /a/> ProxyPass http://one/x/; ProxyPass / http://two/ ¦ /a ¦ two /a ¦ =
            <LocationMatch ^/(m.)> ProxyPass http://one/n/$1; ProxyPass / http://two/ ¦ /mn ¦ one /n/mn ¦ two /mn
            # dots
            ProxyPass / http://one/ ¦ /a/../b ¦ one /b ¦ =
            ProxyPass / http://one/ ¦ /a/./b ¦ one /a/b ¦ =
            ProxyPass / http://one/ ¦ /a/b/.. ¦ one /a/ ¦ =
            ProxyPass / http://one/ ¦ /a/%2e%2E/b ¦ one /b ¦ =
            ProxyPass / http://one/ ¦ /a//../b ¦ one /b ¦ =
            ProxyPass / http://one/ ¦ /.. ¦ 400 ¦ =
            ProxyPass / http://one/ ¦ /a/../../b ¦ 400 ¦ =
            ProxyPass / http://one/ ¦ /.../a/.b/..c/d.. ¦ one /.../a/.b/..c/d.. ¦ =
            ProxyPass /pub http://one/pub; ProxyPass /admin http://two/admin ¦ /pub/../admin ¦ 400 ¦ two /admin
            ProxyPass /pub http://one/pub; ProxyPass /admin http://two/admin ¦ /pub/%2e%2e/admin ¦ 400 ¦ two /admin
            ProxyPass /pub http://one/pub; ProxyPass /admin http://two/admin ¦ /pub/..;/admin ¦ 400 ¦ one /pub/..;/admin
            ProxyPass /pub http://one/pub; ProxyPass /admin http://two/admin ¦ /pub/..%2fadmin ¦ 400 ¦ one /pub/..%2fadmin
            ProxyPass /pub http://one/pub; ProxyPass /admin http://two/admin ¦ /pub/..%5cadmin ¦ 400 ¦ one /pub/..%5Cadmin
            ProxyPass /pub http://one/pub; ProxyPass /admin http://two/admin ¦ /pub/%252e%252e/admin ¦ 400 ¦ one /pub/%252e%252e/admin
            ProxyPass /pub http://one/pub; ProxyPass /admin http://two/admin ¦ /pub/..;x=1/pub/y ¦ 400 ¦ one /pub/..;x=1/pub/y
            ProxyPass /pub http://one/pub; ProxyPass /admin http://two/admin ¦ /pub/x/../y ¦ one /pub/y ¦ =
            ProxyPass /admin !; ProxyPass / http://one/ ¦ /admin;x/y ¦ 400 ¦ one /admin;x/y
            ProxyPass /admin !; ProxyPass / http://one/ ¦ /x/..;/admin/y ¦ 400 ¦ one /x/..;/admin/y
            ProxyPass /admin !; ProxyPass / http://one/ ¦ /x/..%2Fadmin/y ¦ 400 ¦ one /x/..%2Fadmin/y
            ProxyPass /admin !; ProxyPass / http://one/ ¦ /%61dmin/y ¦ excluded ¦ =
            ProxyPass /admin !; ProxyPass / http://one/ ¦ /x%2F..%2Fadmin ¦ 400 ¦ one /x%2F..%2Fadmin
            ProxyPass /admin !; ProxyPass / http://one/ ¦ /x%2Fy;z=1/a%5Cb ¦ one /x%2Fy;z=1/a%5Cb ¦ =
            ProxyPass / http://one/app/ ¦ /..;/x ¦ 400 ¦ one /app/..;/x
            ProxyPass / http://one/app/ ¦ /..%2fx ¦ 400 ¦ one /app/..%2fx
            ProxyPass / http://one/app/ ¦ /x/..%2fy ¦ 400 ¦ one /app/x/..%2fy
            ProxyPassMatch ^/(.*)$ http://one/app/$1 ¦ /..%2fx ¦ 400 ¦ one /app/..%2fx
            ProxyPassMatch ^/a(.*)$ http://one/app/$1 ¦ /a../x ¦ 400 ¦ one /app/../x
            ProxyPassMatch ^/a(.*)$ http://one/app/$1 ¦ /a./x ¦ 400 ¦ one /app/./x
            ProxyPass / http://one/ ¦ /a%c0%ae%c0%ae/b ¦ 400 ¦ one /a%C0%AE%C0%AE/b
            ProxyPass / http://one/ ¦ /x/%c0%ae%c0%ae/%c0%ae%c0%ae/b ¦ 400 ¦ one /x/%C0%AE%C0%AE/%C0%AE%C0%AE/b
            # refused by the parser
            ProxyPass / http://one/ ¦ /a%zz ¦ 400 ¦ =
            ProxyPass / http://one/ ¦ /a%2 ¦ 400 ¦ =
            ProxyPass / http://one/ ¦ /a%00b ¦ 404 ¦ =
            ProxyPass / http://one/ ¦ /a\\b ¦ one /a%5Cb ¦ =
            ProxyPass / http://one/ ¦ /a#b ¦ 400 ¦ =
            ProxyPass / http://one/ ¦ /aéb ¦ one /a%C3%A9b ¦ =
            """)
    void mapsPathsAsHttpdDoesAndWhereNotOnPurpose(String rules, String target, String ours, String httpd) {
        assertThat(Rules.of(rules).answer(target)).isEqualTo(ours);
    }
}
