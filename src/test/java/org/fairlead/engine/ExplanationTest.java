package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.fairlead.balancer.Balancer;
import org.fairlead.config.ConfigLoader;
import org.fairlead.http.Headers;
import org.fairlead.model.ProxyConfig;
import org.fairlead.route.HostTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an explanation says of each kind of rule, with its line; lines of a configuration are divided by a bar. */
class ExplanationTest {
    private static Explanation explain(String lines, String request, boolean showsSecrets, String... fields)
            throws Exception {
        String text = lines.replace(" | ", "\n").replace("MEMBER", "ProxyPass / http://member:8000/");
        ProxyConfig config = new ConfigLoader().load(text, "conf", "a.conf").config();
        Map<String, Balancer> balancers = new HashMap<>();
        config.balancers().forEach((name, each) -> balancers.put(name, new Balancer(each)));
        ProxyEngine engine =
                new ProxyEngine(config.server(), HostTable.of(config), balancers, new FakeUpstream(), NoLogin.ACCESS);
        return engine.explain(
                DryRunRequest.of(request, Headers.of(fields), "192.0.2.7", DryRunRequest.Ports.AS_ASKED), showsSecrets);
    }

    private static String trace(Explanation explained) {
        return explained.trace().stream()
                .map(line -> line.phase() + " " + line.source() + " " + line.said())
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            MEMBER ¦ http://h/x ¦ route a.conf:1 /x: ProxyPass / forwards it to 'http://member:8000' as /x
            ProxyPass /x ! | MEMBER ¦ http://h/x ¦ route a.conf:1 /x: ProxyPass /x ! keeps it from the members
            ProxyPassMatch ^/(x) http://member:8000/$1 ¦ http://h/x ¦ route a.conf:1 /x: ProxyPassMatch ^/(x) forwards it
            MEMBER | SetEnvIf Request_URI ^/x a=b ¦ http://h/x ¦ SetEnvIf a.conf:2 Request_URI is like '^/x': sets a=b
            MEMBER | <Location /x> | SetEnvIf Host . !a | </Location> ¦ http://h/x ¦ section SetEnvIf a.conf:3 Host is like '.': unsets a
            MEMBER | <Location /x> | SetEnv a b | </Location> ¦ http://h/x/y ¦ sections a.conf:2 <Location /x> is for /x/y
            MEMBER | <LocationMatch ^/x> | SetEnv a b | </LocationMatch> ¦ http://h/x ¦ sections a.conf:2 <LocationMatch ^/x> is for /x
            MEMBER | SetEnv a b ¦ http://h/x ¦ SetEnv a.conf SetEnv a: it is 'b'
            MEMBER | RewriteEngine On | RewriteRule ^/x /y [PT] ¦ http://h/x ¦ rewrite a.conf:3 RewriteRule ^/x: makes /y
            MEMBER | RewriteEngine On | RewriteCond %{QUERY_STRING} q | RewriteRule ^/x /y [PT] ¦ http://h/x ¦ rewrite a.conf:4 RewriteRule ^/x: matches, but a RewriteCond does not hold
            MEMBER | RewriteEngine On | RewriteRule ^/x - [F] ¦ http://h/x ¦ rewrite a.conf:3 RewriteRule ^/x: answers with a status
            MEMBER | <If "%{REQUEST_URI} == '/x'"> | SetEnv a b | </If> ¦ http://h/x ¦ If a.conf:2 <If "%{REQUEST_URI} == '/x'">: holds
            MEMBER | <If "false"> | SetEnv a b | </If> | <Else> | SetEnv a c | </Else> ¦ http://h/x ¦ If a.conf:5 <Else>: none before it holds
            Redirect /x http://o/ ¦ http://h/x ¦ host redirect a.conf:1 Redirect answers 302 to http://o/
            MEMBER | <Location /x> | Redirect gone | </Location> ¦ http://h/x ¦ section redirect a.conf:3 Redirect answers 410
            MEMBER | <Location /x> | Require ip 10 | </Location> ¦ http://h/x ¦ access a.conf:3 Require ip 10: does not let the client in
            MEMBER | <Location /x> | Order allow,deny | Allow from 192.0.2 | </Location> ¦ http://h/x ¦ access a.conf:4 Allow from 192.0.2: names the client
            MEMBER | <Location /x> | Require all denied | </Location> ¦ http://h/x ¦ access a.conf refused with 403: Require keeps the client out
            MEMBER | RequestHeader set X y ¦ http://h/x ¦ request headers a.conf:2 RequestHeader set X: the field is now 'y'
            MEMBER | RequestHeader unset Q early ¦ http://h/x ¦ early request headers a.conf:2 RequestHeader unset Q: the field is not there
            MEMBER | RemoteIPHeader Q | RemoteIPInternalProxy 192.0.2.7 ¦ http://h/x ¦ client a.conf the client is 198.51.100.1, as the peer 192.0.2.7 says
            MEMBER | LimitRequestLine 20 ¦ http://h/xxxxxxxxxxxxxxxxxxxxxxxx ¦ request limits a.conf refused with 414: the request line is longer than LimitRequestLine
            MEMBER | <Proxy http://member:8000/> | SetEnv a b | </Proxy> ¦ http://h/x ¦ proxy sections a.conf:2 <Proxy> section is for http://member:8000
            """)
    void namesTheLineThatDecides(String lines, String request, String expected) throws Exception {
        assertThat(trace(explain(lines, request, false, "Q", "198.51.100.1"))).contains(expected);
    }

    private static final String STICKY = "<Proxy balancer://b> | BalancerMember http://a:8000 route=node-a |"
            + " BalancerMember http://b:8000 route=node-b | ProxySet stickysession=S | </Proxy> |"
            + " ProxyPass / balancer://b/ | RequestHeader set X-Copy %{HTTP:Cookie}s |"
            + " SetEnvIf Cookie S=([^;]+) session=$1 | RequestHeader set X-Session %{session}e |"
            + " SetEnvIf Authorization (.*) login=$1 | RequestHeader set X-Login %{login}e";

    @Test
    void credentialsAreMaskedWhereverARuleHasCopiedThem() throws Exception {
        String[] fields = {"Cookie", "S=abcdefgh.node-b; k=other-value", "Authorization", "Basic dXNlcjpzZWNyZXQ="};

        Explanation masked = explain(STICKY, "http://h/x?q=1", false, fields);
        String text = ExplanationFormat.text(masked) + ExplanationFormat.json(masked);

        assertThat(text).doesNotContain("abcdefgh", "other-value", "dXNlcjpzZWNyZXQ", "secret");
        assertThat(text).contains("route 'node-b'", "S=***; k=***", "Basic ***", "x?q=1");
        assertThat(ExplanationFormat.text(explain(STICKY, "http://h/x", true, fields)))
                .contains("S=abcdefgh.node-b; k=other-value", "Basic dXNlcjpzZWNyZXQ=");
    }

    @ParameterizedTest(name = "{0} from {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            GE(T http://h/      | 192.0.2.1 | method 'GE(T' (expected: a name such as GET)
            GET ftp://h/        | 192.0.2.1 | request 'GET ftp://h/' (expected: METHOD and an http:// or https:// URL, as in 'GET https://example.com/')
            GET http://u:p@h/   | 192.0.2.1 | host 'u:p@h' (expected: a name or an address, and :PORT behind it where it is not the scheme's own)
            GET http:///x       | 192.0.2.1 | host '' (expected: a name or an address, and :PORT behind it where it is not the scheme's own)
            GET http://h:x/     | 192.0.2.1 | host 'h:x' (expected: a name or an address, and :PORT behind it where it is not the scheme's own)
            GET http://h:123456/ | 192.0.2.1 | host 'h:123456' (expected: a name or an address, and :PORT behind it where it is not the scheme's own)
            GET http://h/a b    | 192.0.2.1 | target '/a b' (expected: one that is not refused with 400: target holds byte 0x20)
            GET http://h/       | localhost | client 'localhost' (expected: an address such as 192.0.2.7)
            """)
    void aRequestThatCannotBeOneIsRefusedWithWhatIsExpected(String request, String client, String message) {
        assertThatThrownBy(() -> DryRunRequest.of(request, new Headers(), client, DryRunRequest.Ports.AS_ASKED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest(name = "{0}: {1} {2} {3}")
    @CsvSource(delimiter = '|', textBlock = """
            http://h            | GET  | /    | 80
            HTTPS://h?q         | GET  | /?q  | 443
            POST https://h:8443/x | POST | /x | 8443
            GET http://[::1]:81/ | GET | /    | 81
            """)
    void aUrlIsTakenApart(String request, String method, String target, int port) {
        DryRunRequest read = DryRunRequest.of(request, new Headers(), "192.0.2.1", DryRunRequest.Ports.AS_ASKED);

        assertThat(read.head().method()).isEqualTo(method);
        assertThat(read.head().target().raw()).isEqualTo(target);
        assertThat(read.connection().localPort()).isEqualTo(port);
    }

    @Test
    void aRuleThatGoesRoundFillsNoMemory() throws Exception {
        Explanation explained =
                explain("MEMBER | RewriteEngine On | RewriteRule ^/(.*) /$1 [N,PT]", "http://h/x", false);

        assertThat(explained.trace()).hasSizeLessThanOrEqualTo(TraceLines.MAX_LINES + 1);
    }

    @Test
    void jsonSpellsOutWhatEndsAText() throws Exception {
        String json = ExplanationFormat.json(
                explain("MEMBER | RequestHeader set X \"a\\\"b\\\\c\"", "http://h/x", false, "T", "tab\there"));

        assertThat(json).contains("\"X\": \"a\\\"b\\\\c\"", "\"T\": \"tab\\u0009here\"");
    }
}
