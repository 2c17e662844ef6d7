package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fairlead.exchange.FakeExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever restricts by path is asked about every reading that a member might have of the target. */
class PathReadingsTest {
    private static final List<String> SPELLINGS = List.of(
            "/%2fadmin",
            "/;/admin",
            "/;a=1/admin",
            "/%2561dmin",
            "/%5cadmin",
            "/%3b/admin",
            "/%252fadmin",
            "/x/..;/admin",
            "/x%2f..%2fadmin",
            "/admin;x",
            "/admin%2fx",
            "/admin%5Cx",
            "/admin%3Bx/y");

    private static final List<String> LOOSE = List.of(
            "/admin%09",
            "/admin%20", "/admin.", "/admin..", "/%20admin", "/%09admin", "/admin%0b/x", "/%20/admin", "/admin%a0");

    private static final List<String> RULES = List.of(
            "RewriteEngine On\nRewriteRule ^/k/admin(/|$) - [F]",
            "RewriteEngine On\nRewriteRule ^/k/admin(/|$) - [G]",
            "RewriteEngine On\nRewriteRule ^/k/admin(/|$) - [R=404]",
            "RewriteEngine On\nRewriteCond %{REQUEST_URI} ^/k/admin(/|$)\nRewriteRule . - [F]",
            "RewriteEngine On\nRewriteCond expr \"%{REQUEST_URI} =~ m#^/k/admin(/|$)#\"\nRewriteRule . - [F]",
            "SetEnvIf Request_URI ^/k/admin(/|$) out\n<Location /k>\n<RequireAll>\nRequire all granted\nRequire not env out\n"
                    + "</RequireAll>\n</Location>",
            "SetEnvIf Request_URI ^/k/(?!admin(/|$)) in\n<Location /k>\nRequire env in\n</Location>",
            "SetEnvIfExpr \"%{REQUEST_URI} =~ m#^/k/admin(/|$)#\" out\n<Location /k>\nOrder allow,deny\nAllow from all\n"
                    + "Deny from env=out\n</Location>",
            "<Location /k>\nRequire expr \"%{REQUEST_URI} !~ m#^/k/admin(/|$)#\"\n</Location>",
            "<If \"%{REQUEST_URI} =~ m#^/k/admin(/|$)#\">\nRequire all denied\n</If>",
            "<Location /k>\n<If \"%{DOCUMENT_URI} =~ m#^/k/admin(/|$)#\">\nRedirect gone\n</If>\n</Location>",
            "<LocationMatch ^/k/admin(/|$)>\n<If true>\nRequire all denied\n</If>\n</LocationMatch>",
            "<LocationMatch ^/k/admin(/|$)>\nRedirect gone\n</LocationMatch>",
            "<Location /k/admin>\nRedirect gone\n</Location>",
            "ProxyPass /k/admin !",
            "<Location /k/admin>\nRequire all denied\n</Location>");

    static Stream<String> rules() {
        return RULES.stream();
    }

    private static List<String> served(String rule, List<String> paths) throws Exception {
        FakeUpstream upstream = new FakeUpstream();
        ProxyEngine engine = AccessTest.engine(rule + "\nProxyPass / http://127.0.0.1:1/\n", upstream);
        List<String> served = new ArrayList<>();
        for (String path : paths) {
            upstream.answers(200, "");
            int before = upstream.sent().size();
            engine.handle(FakeExchange.get("/k" + path));
            if (upstream.sent().size() > before) {
                served.add(path);
            }
        }
        return served;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void noSpellingIsAWayAround(String rule) throws Exception {
        assertThat(served(rule, List.of("/admin", "/admin/x"))).as("control").isEmpty();

        assertThat(served(rule, SPELLINGS)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void blanksAndDotsThatAFileSystemDropsAreNoneEither(String rule) throws Exception {
        assertThat(served(rule, LOOSE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void whatLiesBesideIsServed(String rule) throws Exception {
        List<String> beside = List.of(
                "/public",
                "/a%2fb",
                "/a;jsessionid=1",
                "/a;v=1/b",
                "/Inc.",
                "/a%20",
                "/a%252Fb",
                "/administrator",
                "/a%5Bb");

        assertThat(served(rule, beside)).isEqualTo(beside);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', textBlock = """
            RewriteRule ^/(.*)$ http://other.example/$1 [R]
            RewriteRule ^/old$ /new [PT]
            RewriteRule ^/k/(\\w+)$ /k/$1/ [R]
            """)
    void rulesThatKeepNobodyOutAreNotAsked(String rule) throws Exception {
        assertThat(served(
                        "RewriteEngine On\nRewriteRule ^/never - [F]\nRewriteCond %{HTTP:X} y\n" + rule,
                        List.of("/a;b=1")))
                .containsExactly("/a;b=1");
    }
}
