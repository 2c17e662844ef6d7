package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in a section for a module that Fairlead lacks is enforced, or refused; never silently open. */
class PassedOverTest {
    private static List<String> errors(String... lines) {
        return HttpdTrees.read(String.join("\n", lines) + "\n").problems().errors().stream()
                .map(Problem::toString)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Require all denied",
                "<RequireAll>\nRequire ip 10.0.0.0/8\n</RequireAll>",
                "<RequireNone>\n</RequireNone>",
                "<Limit POST>\nRequire all denied\n</Limit>",
                "AuthType Basic",
                "AuthUserFile /x",
                "Deny from all",
                "Order deny,allow",
                "Satisfy All",
                "AllowMethods GET",
                "SSLRequireSSL",
                "SSLVerifyClient require",
                "LimitRequestBody 100",
                "SecRuleEngine On",
                "QS_ClientEventLimitCount 20 40",
                "OIDCProviderMetadataURL https://id.example.org/x",
                "ProxyPass /private !",
                "ProxyPass /a http://a/",
                "ProxyPassMatch ^/x$ http://a/",
                "ProxyPassReverse / http://a/",
                "BalancerMember http://a",
                "ProxySet lbmethod=byrequests",
                "RewriteRule ^/x - [F]",
                "RewriteEngine On",
                "Redirect /a https://b.example/",
                "RedirectMatch 403 \\.git",
                "JkMount /* node",
                "<VirtualHost *:80>\n</VirtualHost>",
                "Listen 8081",
                "ServerAlias b.example",
                "RequestHeader unset X-Remote-User",
                "RequestHeader set X-Remote-User \"\"",
                "RequestHeader edit* Cookie a b",
                "RequestHeader unset Proxy early",
                "Header unset Server",
                "Header always unset X-Powered-By",
                "Header edit Location a b",
                "SetEnvIf User-Agent bot bad=1",
                "SetHandler server-status",
                "Define GUARDED",
                "Use Guard /admin",
                "AuthnzFooRequire on",
                "<AuthzFooGroup x>\n</AuthzFooGroup>"
            })
    void aLineThatRoutesRestrictsOrTakesAwayIsAnError(String line) {
        String name = line.split("[ \n>]")[0];
        String shown = name.startsWith("<") ? name + ">" : name;
        for (String condition : List.of("mod_unheard.c", "unheard_module", "!mod_cache.c", "!cache_module")) {
            assertThat(errors("<IfModule " + condition + ">", line, "</IfModule>"))
                    .as(condition)
                    .anySatisfy(error -> assertThat(error)
                            .startsWith("fairlead.conf:2: " + shown + " in <IfModule " + condition + ">: "));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "DirectoryIndex index.html",
                "Header set X-Frame-Options DENY",
                "Header always add X a",
                "RequestHeader add X a",
                "RequestHeader append X a",
                "ErrorDocument 404 /x.html",
                "CustomLog /x common",
                "UnheardSetting on",
                "MaxRequestWorkers 150",
                "KeepAlive Off",
                "ProxyRequests Off",
                "SSLCompression off",
                "<Directory />\nRequire all denied\n</Directory>",
                "<Location /x>\nHeader set A b\n</Location>",
                "<IfDefine OTHER>\nRequire all denied\n</IfDefine>",
                "<IfVersion < 2.4>\nDeny from all\n</IfVersion>",
                "<IfModule !mod_authz_core.c>\nDeny from all\n</IfModule>",
                "${UNDEFINED} x",
                "Include /nowhere/at.all"
            })
    void whatClosesNothingIsPassedOver(String line) {
        assertThat(errors("<IfModule mod_unheard.c>", line, "</IfModule>")).isEmpty();
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({"Header, Header set X-Frame-Options DENY", "ErrorDocument, ErrorDocument 404 /x.html"})
    void whatOnlyAddsIsADifference(String name, String line) {
        assertThat(HttpdTrees.read("<IfModule mod_unheard.c>\n" + line + "\n</IfModule>\n")
                        .told())
                .contains("D fairlead.conf:2: " + name + " in <IfModule mod_unheard.c>: passed over with its section");
    }

    static Stream<String> modulesOfHttpd() {
        return Stream.of("""
                access_compat actions alias allowmethods asis auth_basic auth_digest auth_form authn_anon authn_core \
                authn_dbd authn_dbm authn_file authn_socache authnz_fcgi authnz_ldap authz_core authz_dbd authz_dbm \
                authz_groupfile authz_host authz_owner authz_user autoindex brotli buffer cache cache_disk \
                cache_socache cern_meta cgi cgid charset_lite data dav dav_fs dav_lock dbd deflate dialup dir dumpio \
                echo env expires ext_filter file_cache filter headers heartbeat heartmonitor http2 ident imagemap \
                include info lbmethod_bybusyness lbmethod_byrequests lbmethod_bytraffic lbmethod_heartbeat ldap \
                log_config log_debug log_forensic logio lua macro md mime mime_magic negotiation proxy proxy_ajp \
                proxy_balancer proxy_connect proxy_express proxy_fcgi proxy_fdpass proxy_ftp proxy_hcheck proxy_html \
                proxy_http proxy_http2 proxy_scgi proxy_uwsgi proxy_wstunnel ratelimit reflector remoteip reqtimeout \
                request rewrite sed session session_cookie session_crypto session_dbd setenvif slotmem_plain \
                slotmem_shm so socache_dbm socache_memcache socache_redis socache_shmcb speling ssl status substitute \
                suexec systemd tls unique_id unixd userdir usertrack version vhost_alias watchdog xml2enc""".split(" +"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modulesOfHttpd")
    void modulesOfHttpdCountAsPresent(String module) {
        for (String name : List.of("mod_" + module + ".c", module + "_module")) {
            HttpdTrees.Reading reading = HttpdTrees.read(
                    "<IfModule " + name + ">\n<Location /a>\nRequire all denied\n</Location>\n</IfModule>\n");
            assertThat(reading.told()).isEmpty();
            assertThat(reading.tree()).contains("require: all denied");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"mod_rewrite.c", "mod_authz_core.c", "ssl_module", "mod_version.c"})
    void theOtherBranchOfWhatIsDoneHereIsOffAsInHttpd(String module) {
        assertThat(HttpdTrees.read("<IfModule !" + module + ">\nDeny from all\n</IfModule>\n")
                        .told())
                .isEmpty();
    }

    @Test
    void bothBranchesOfAModuleNotDoneHereAreRead() {
        assertThat(errors(
                        "<IfModule mod_cache.c>",
                        "ProxyPass /a http://a/",
                        "</IfModule>",
                        "<IfModule !mod_cache.c>",
                        "ProxyPass /a http://b/",
                        "</IfModule>"))
                .singleElement()
                .asString()
                .startsWith("fairlead.conf:5: ProxyPass in <IfModule !mod_cache.c>: ");
    }

    @Test
    void sectionsInsideAreReadToo() {
        assertThat(errors(
                        "<Location /a>",
                        "<IfModule mod_unheard.c>",
                        "<IfModule mod_headers.c>",
                        "<If \"true\">",
                        "Require all denied",
                        "</If>",
                        "</IfModule>",
                        "</IfModule>",
                        "</Location>"))
                .singleElement()
                .asString()
                .startsWith("fairlead.conf:5: Require in <IfModule mod_unheard.c>: ");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "<IfDirective UnheardThing>, true",
        "<IfDirective SecRuleEngine>, false",
        "<IfDirective !SecRuleEngine>, true",
        "<IfDirective !ProxyPass>, false",
        "<IfSection Unheard>, true",
        "<IfDefine NOTHING>, false",
        "<IfVersion < 2.4>, false",
        "<IfFile /nowhere/at.all>, false"
    })
    void otherConditionsAreReadWhereHttpdMightDecideOtherwise(String opening, boolean refused) {
        String closing = "</" + opening.substring(1).split(" ")[0] + ">";
        assertThat(errors(opening, "<Location /a>", "Require all denied", "</Location>", closing).stream()
                        .anyMatch(e -> e.contains("is passed over")))
                .isEqualTo(refused);
    }

    @Test
    void whatSuchASectionIncludesIsReadToo(@TempDir Path folder) throws IOException {
        Path included = Files.writeString(folder.resolve("guard.conf"), "Header set A b\nRequire all denied\n");
        Path main = Files.writeString(
                folder.resolve("main.conf"),
                "Define HERE " + folder + "\n<IfModule mod_unheard.c>\nInclude ${HERE}/guard.conf\n</IfModule>\n");

        assertThat(HttpdTrees.read(main).problems().errors())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith(included + ":2: Require in <IfModule mod_unheard.c>: ");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ifmodule:\n  require: all denied\n", "IfModule mod_dir.c: {}\n"})
    void theNativeFormHasNoConditions(String yaml) {
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                        ConfigException.class, () -> new ConfigLoader().load(yaml, "yaml", "test.yaml")))
                .hasMessageContaining("unknown");
    }
}
