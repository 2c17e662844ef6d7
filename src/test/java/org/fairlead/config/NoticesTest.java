package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --check} tells of a configuration that runs. */
class NoticesTest {
    private static List<String> told(Problem.Severity severity, String... lines) {
        return Configs.conf(lines).notices().stream()
                .filter(p -> p.severity() == severity)
                .map(Problem::toString)
                .toList();
    }

    @ParameterizedTest(name = "{0} hides {1}: {2}")
    @CsvSource({
        "ProxyPass / http://a/,             ProxyPass /x http://b/x,          true",
        "ProxyPass /x http://a/x,           ProxyPass /x http://b/x,          true",
        "ProxyPass /x http://a/x,           ProxyPass /x/y http://b/y,        true",
        "ProxyPass /x/ http://a/x/,         ProxyPass /x/y http://b/y,        true",
        "ProxyPass /x !,                    ProxyPass /x/y http://b/y,        true",
        "ProxyPassMatch ^/(.*)$ http://a/$1, ProxyPass /x http://b/x,         true",
        "ProxyPassMatch ^/x http://a/,      ProxyPassMatch ^/x http://b/,     true",
        "ProxyPass /x http://a/x,           ProxyPass /xy http://b/xy,        false",
        "ProxyPass /x/ http://a/x/,         ProxyPass /x http://b/x,          false",
        "ProxyPass /x/y !,                  ProxyPass /x http://b/x,          false",
        "ProxyPass /x http://a/x,           ProxyPassMatch ^/x/y http://b/,   false",
        "ProxyPassMatch ^/x http://a/,      ProxyPass /y http://b/y,          false",
    })
    void aRouteThatAnEarlierOneHidesIsTold(String first, String second, boolean hidden) {
        List<String> told = told(Problem.Severity.NO_EFFECT, first, second);
        assertThat(told).hasSize(hidden ? 1 : 0);
        assertThat(told)
                .allSatisfy(t -> assertThat(t)
                        .startsWith("test.conf:2: ")
                        .contains("is never reached")
                        .contains("test.conf:1"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            RewriteEngine On\\nRewriteCond %{HTTP:X-Forwarded-Proto} !https\\nRewriteRule ^/(.*) https://a/$1 [R]    | X-Forwarded-Proto
            RewriteEngine On\\nRewriteCond %{HTTP:X-Real-IP} !^10\\\\.\\nRewriteRule ^ - [F]                        | X-Real-IP
            RewriteEngine On\\nRewriteCond %{HTTP:Forwarded} !proto=https\\nRewriteRule ^ - [F]                      | Forwarded
            RewriteEngine On\\nRewriteCond expr "%{HTTP:X-Forwarded-For} == '10.0.0.1'"\\nRewriteRule ^ - [F]        | X-Forwarded-For
            SetEnvIf X-Forwarded-For ^10 inside\\n<Location /a>\\nRequire env inside\\n</Location>                   | X-Forwarded-For
            SetEnvIf Forwarded for=10 inside                                                                         | Forwarded
            <Location /a>\\nRequire expr "%{HTTP:X-Forwarded-For} =~ /^10/"\\n</Location>                            | X-Forwarded-For
            <Location /a>\\nRequire expr "req('X-Real-IP') == '10.0.0.1'"\\n</Location>                              | X-Real-IP
            <Location /a>\\n<RequireAll>\\nRequire expr "req('Forwarded') =~ /x/"\\n</RequireAll>\\n</Location>      | Forwarded
            <If "%{HTTP:X-Forwarded-Proto} != 'https'">\\nRequire all denied\\n</If>                                 | X-Forwarded-Proto
            Listen 80\\n<VirtualHost *:80>\\nSetEnvIf X-Forwarded-Proto https HTTPS=on\\n</VirtualHost>                          | X-Forwarded-Proto
            """)
    void aDecisionByWhatAnyClientMayClaimIsTold(String lines, String field) {
        String text = lines.replace("\\n", "\n");
        assertThat(told(Problem.Severity.DIFFERENCE, text))
                .singleElement()
                .asString()
                .contains("decides by " + field + ",")
                .contains("RemoteIPInternalProxy");
        assertThat(told(
                        Problem.Severity.DIFFERENCE,
                        "RemoteIPHeader X-Forwarded-For",
                        "RemoteIPInternalProxy 10.0.0.0/8",
                        text))
                .noneMatch(t -> t.contains("decides by"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "RewriteEngine On\nRewriteCond %{REQUEST_URI} ^/forwarded\nRewriteRule ^ - [F]",
                "SetEnvIf User-Agent forwarded x",
                "RequestHeader set X-Forwarded-Proto https",
                "<Location /a>\nRequire ip 10.0.0.0/8\n</Location>"
            })
    void whatReadsNoClaimIsNot(String lines) {
        assertThat(told(Problem.Severity.DIFFERENCE, lines)).noneMatch(t -> t.contains("decides by"));
    }

    @Test
    void theNativeFormIsToldToo() {
        LoadedConfig loaded = Configs.read(
                "yaml",
                "proxypass: {path: /, url: 'http://a/'}",
                "location:",
                "  - path: /a",
                "    require: \"expr %{HTTP:X-Forwarded-For} == '10.0.0.1'\"");
        assertThat(Configs.notices(loaded)).anyMatch(t -> t.contains("decides by X-Forwarded-For"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            RequestHeader set X-A %{NOWHERE}e                                         | NOWHERE
            Header always set X-A "a %{NOWHERE}e b"                                   | NOWHERE
            <Location /a>\\nRequestHeader append X-A %{REMOTE_ADDR}e\\n</Location>    | REMOTE_ADDR
            SetEnv SOMETHING 1\\nHeader set X-A %{something}e                        | something
            <If "true">\\nHeader set X-A "%{SSL_PROTOCOL}s %{A}e"\\n</If>            | A
            SetEnv A 1\\nRequestHeader set X-A %{A}e                                 |
            PassEnv A\\nRequestHeader set X-A %{A}e                                  |
            SetEnvIf Host (.*) A=$1\\nRequestHeader set X-A %{A}e                    |
            BrowserMatch x A\\nRequestHeader set X-A %{A}e                           |
            SetEnvIfExpr true A=b\\nRequestHeader set X-A %{A}e                      |
            RewriteEngine On\\nRewriteRule ^ - [NC,E=A:1]\\nRequestHeader set X-A %{A}e |
            RewriteEngine On\\nRewriteRule ^/(.*) - [env=$1:1]\\nRequestHeader set X-A %{A}e |
            <LocationMatch ^/(?<SITE>x)>\\nRequestHeader set X-A %{MATCH_SITE}e\\n</LocationMatch> |
            RequestHeader set X-A "%{UNIQUE_ID}e %{SSL_CLIENT_S_DN}e %{BALANCER_WORKER_ROUTE}e" |
            RequestHeader set X-A %%{A}e                                              |
            RequestHeader set X-A expr=%{REMOTE_ADDR}                                 |
            RequestHeader edit X-A a %{A}e                                            |
            """)
    void aVariableThatNoLineSetsIsTold(String lines, String name) {
        List<String> told = told(Problem.Severity.NO_EFFECT, lines.replace("\\n", "\n"));
        assertThat(told.stream().filter(t -> t.contains("(null) is sent")).toList())
                .hasSize(name == null ? 0 : 1)
                .allSatisfy(t -> assertThat(t).contains("%{" + name + "}e"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            <Location /a>\\nRewriteRule ^ - [F]\\n</Location>                                          | true
            RewriteEngine On\\n<Location /a>\\nRewriteRule ^ - [F]\\n</Location>                       | true
            <Location /a>\\nRewriteEngine Off\\nRewriteRule ^ - [F]\\n</Location>                      | true
            <Location /a>\\nRewriteEngine On\\nRewriteRule ^ - [F]\\n</Location>                       | false
            <Location /a>\\nRewriteEngine On\\n</Location>\\n<Location /a/b>\\nRewriteRule ^ - [F]\\n</Location> | false
            """)
    void rulesOfASectionThatIsNotSwitchedOnAreTold(String lines, boolean expected) {
        List<String> told = told(Problem.Severity.NO_EFFECT, lines.replace("\\n", "\n"), "ProxyPass / http://a/");
        assertThat(told.stream().anyMatch(t -> t.contains("RewriteEngine On in its section")))
                .isEqualTo(expected);
    }

    @Test
    void thatALengthTellsOfWhatIsCompressedIsSaid() {
        assertThat(told(
                        Problem.Severity.DIFFERENCE,
                        "<IfModule mod_deflate.c>",
                        "AddOutputFilterByType DEFLATE text/html",
                        "</IfModule>",
                        "ProxyPass / http://a/"))
                .singleElement()
                .asString()
                .startsWith("test.conf:2: DEFLATE: ")
                .contains("(BREACH)");
    }

    @Test
    void whatNeverNeedsAnActionIsOneLine() {
        assertThat(told(
                        Problem.Severity.NO_EFFECT,
                        "LoadModule a_module a.so",
                        "ServerAdmin a@b.example",
                        "ErrorLog /x",
                        "PidFile /x",
                        "Options None",
                        "User www",
                        "ProxyPass / http://a/"))
                .satisfiesExactlyInAnyOrder(
                        needless -> assertThat(needless)
                                .startsWith(
                                        "test.conf:1: nothing to do about LoadModule, ServerAdmin, ErrorLog, PidFile,"
                                                + " Options: "),
                        user -> assertThat(user).startsWith("test.conf:6: User: "));
        assertThat(told(Problem.Severity.DIFFERENCE, "DocumentRoot /var/www", "ProxyPass / http://a/"))
                .isEmpty();
    }

    @Test
    void aCertificateWithoutTlsIsTold() {
        String[] host = {
            "Listen 443",
            "<VirtualHost *:443>",
            "SSLCertificateFile /x.pem",
            "SSLCertificateKeyFile /x.key",
            "ProxyPass / http://a/",
            "</VirtualHost>"
        };
        assertThat(told(Problem.Severity.NO_EFFECT, host))
                .singleElement()
                .asString()
                .startsWith("test.conf:3: SSLCertificateFile: is not shown, as there is no SSLEngine On");
        host[0] = "SSLEngine Off";
        assertThat(told(Problem.Severity.NO_EFFECT, host)).isEmpty();
    }
}
