package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages by which an operator mends a line: one cause once, by the module whose line it is, and without passwords. */
class MessagesTest {
    private static List<String> errors(String format, String... lines) {
        ConfigException refused = catchThrowableOfType(
                ConfigException.class,
                () -> new ConfigLoader().load(String.join("\n", lines) + "\n", format, "test." + format));
        return refused.problems().stream()
                .filter(p -> p.severity() == Problem.Severity.ERROR)
                .map(Problem::toString)
                .toList();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            WebLogicHost a              | WebLogic's plug-in (mod_wl)
            WebLogicCluster a:1,b:1     | WebLogic's plug-in (mod_wl)
            PathTrim /a                 | WebLogic's plug-in (mod_wl)
            ModSecurityEnabled on       | mod_security
            SecRule ARGS x              | mod_security
            DOSPageCount 2              | mod_evasive
            EnableMCPMReceive           | mod_proxy_cluster (mod_cluster)
            CreateBalancers 1           | mod_proxy_cluster (mod_cluster)
            AdvertiseFrequency 5        | mod_proxy_cluster (mod_cluster)
            ServerAdvertise On          | mod_proxy_cluster (mod_cluster)
            LuaHookAccessChecker a b    | mod_lua
            AuthPAM_Enabled On          | mod_authnz_pam (PAM)
            AuthnzPAM On                | mod_authnz_pam (PAM)
            AuthExternal pwauth         | mod_authnz_external
            DefineExternalAuth a b c    | mod_authnz_external
            OIDCClientID x              | mod_auth_openidc (OpenID Connect)
            ShibRequestSetting a 1      | mod_shib (Shibboleth)
            CASLoginURL https://x/      | mod_auth_cas (CAS)
            PerlModule X                | mod_perl
            SVNPath /srv/svn            | mod_dav_svn
            AuthzSVNAccessFile /x       | mod_authz_svn
            CloudFlareRemoteIPHeader X  | mod_cloudflare
            DispatcherConfig /x         | mod_dispatcher (AEM's Dispatcher)
            NSSEngine on                | mod_nss
            NSSCertificateDatabase /x   | mod_nss
            MaxConnPerIP 3              | mod_limitipconn
            XForward on                 | mod_xforward
            TLSEngine 443               | mod_tls
            """)
    void aLineOfAnotherModuleIsToldByItsModule(String line, String module) {
        assertThat(errors("conf", line, "ProxyPass / http://a/"))
                .singleElement()
                .asString()
                .contains(": " + module)
                .doesNotContain("did you mean")
                .doesNotContain("unknown directive");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "AssignUserID www www",
                "BandWidth all 1024",
                "RMode config",
                "RailsEnv production",
                "php_value a b"
            })
    void whatOnlyConcernsAnotherProcessHasNoEffect(String line) {
        assertThat(Configs.notices(Configs.conf(line, "ProxyPass / http://a/")))
                .singleElement()
                .asString()
                .startsWith("test.conf:1: ");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"AddOutputFilterByType SED text/html", "SetOutputFilter SED", "AddOutputFilter SED html"})
    void aFilterThatIsUnknownIsToldWithThoseThatAreKnown(String line) {
        assertThat(errors("conf", line, "ProxyPass / http://a/"))
                .singleElement()
                .asString()
                .startsWith(
                        "test.conf:1: " + line.substring(0, line.indexOf(' ')) + " 'SED' (expected: DEFLATE, INFLATE");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"MacroX a", "Locatoin /a", "VirtualHst x"})
    void aDirectiveIsNeverToldToBeASection(String line) {
        assertThat(errors("conf", line)).singleElement().asString().doesNotContain("<");
    }

    @Test
    void oneCauseIsToldOnceWithItsLines() {
        assertThat(errors(
                        "conf",
                        "OIDCClientID a",
                        "OIDCRedirectURI https://a/x",
                        "OIDCCookie x",
                        "Nonsense 1",
                        "Nonsense 2"))
                .satisfiesExactly(
                        oidc -> assertThat(oidc).startsWith("test.conf:1: ").endsWith(" (also lines 2, 3)"),
                        nonsense -> assertThat(nonsense)
                                .isEqualTo("test.conf:4: Nonsense: unknown directive (also line 5)"));
    }

    @Test
    void linesOfOtherFilesAreNamedWithTheirFile() {
        org.fairlead.model.Source first = new org.fairlead.model.Source("a.conf", 3);
        assertThat(FurtherLines.of(first, List.of(new org.fairlead.model.Source("b.conf", 7)), 5))
                .isEqualTo(" (also line b.conf:7)");
        assertThat(FurtherLines.of(first, List.of(), 5)).isEmpty();
    }

    /** The password in each is hunter2. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "ProxyRemote * http://p:3128 alice:hunter2",
                "ProxyRemote * http://p:3128 alice:hunter2 more",
                "ProxyRemote * http://alice:hunter2@p:3128",
                "ProxyRemoteMatch ^http http://p:3128 alice:hunter2",
                "ProxyPass / http://alice:hunter2@a/",
                "ProxyPass / https://hunter2@a/ nonsense=1",
                "ProxyPassMatch ^/(.*) http://alice:hunter2@$1/",
                "BalancerMember ajp://a secret=hunter2",
                "ProxyPass / ajp://a:8009/ nonsense=1 secret=hunter2",
                "ProxyPass / http://a/ nonsense=1 secret=hunter2 x",
                "AuthBasicFake alice hunter2",
                "AuthLDAPBindPassword hunter2",
                "AuthFormFakeBasicAuth hunter2 password=hunter2",
                "OIDCClientSecret hunter2",
                "OIDCCryptoPassphrase hunter2",
                "SessionCryptoPassphrase hunter2",
                "AuthDigestRealmSeed password hunter2",
                "RequestHeader set Authorization \"Basic hunter2=\" nonsense x",
                "RequestHeader set X-Api-Key hunter2 nonsense x y",
                "SetEnv DB_PASSWORD hunter2 more",
                "RewriteRule ^ http://alice:hunter2@%{HTTP_HOST}/ [P]",
                "Redirect /a ftp://alice:hunter2@a nonsense more",
                "SSLProxyNonsense alice:hunter2"
            })
    void noMessageRepeatsAPassword(String line) {
        for (String section : List.of("", "IfModule mod_unheard.c")) {
            String[] lines = section.isEmpty()
                    ? new String[] {line}
                    : new String[] {"<" + section + ">", line, "</IfModule>", "Nonsense"};
            assertThat(errors("conf", lines)).isNotEmpty().noneMatch(e -> e.contains("hunter2"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "proxyremote: {match: '*', url: 'http://alice:hunter2@p:3128'}",
                "proxyremote: {match: '*', url: 'http://p:3128', credentials: 'alice:hunter2'}",
                "proxypass: {path: /, url: 'http://alice:hunter2@a/'}",
                "proxypass: {path: /, url: 'http://a/', secret: hunter2, nonsense: 1}"
            })
    void norInTheNativeForm(String yaml) {
        assertThat(errors("yaml", yaml)).isNotEmpty().noneMatch(e -> e.contains("hunter2"));
    }
}
