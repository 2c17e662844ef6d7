package org.fairlead.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.HeaderRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostTest {
    private static RequestTarget target(String raw) throws RefusedException {
        return RequestTarget.parse(raw);
    }

    @ParameterizedTest(name = "{0} behind {1}: {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            `` ¦ /x?q ¦ /x?q
            `` ¦ `` ¦ /
            `` ¦ ?q ¦ /?q
            / ¦ /x ¦ /x
            / ¦ x ¦ /x
            /app ¦ /x ¦ /app/x
            /app ¦ / ¦ /app/
            /app ¦ `` ¦ /app
            /app ¦ ?q ¦ /app?q
            /app ¦ x ¦ /app/x
            /app/ ¦ /x ¦ /app/x
            /app/ ¦ x ¦ /app/x
            /app/ ¦ / ¦ /app/
            /app/ ¦ `` ¦ /app/
            /app/ ¦ //x ¦ /app//x
            """)
    void aMembersPathAndATargetMeetAtOneSlash(String memberPath, String forwarded, String expected) {
        assertThat(MemberPath.join(memberPath, forwarded)).isEqualTo(expected);
    }

    private static String names(Host host, String path) throws RefusedException {
        return host.settings(target(path)).requestHeaders().stream()
                .map(HeaderRule::value)
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '¦', textBlock = """
            /a ¦ a
            /a/ ¦ a
            /ab ¦ -
            /a/b ¦ a b
            /a/b/c.gif ¦ a b gif
            /c.gif ¦ gif
            /%61/x ¦ a
            //a///x ¦ a
            /A ¦ -
            /x/../a ¦ a
            """)
    void sectionsAreMergedInConfigurationOrder(String path, String expected) throws Exception {
        Host host = Rules.of("<Location /a> RequestHeader add X a; <Location /a/b> RequestHeader add X b; "
                        + "<LocationMatch \\.gif$> RequestHeader add X gif")
                .host();
        assertThat(names(host, path)).isEqualTo(expected.equals("-") ? "" : expected);
    }

    @Test
    void pathsOfTheSameSectionsShareTheirSettings() throws Exception {
        Host host = Rules.of("<Location /a> RequestHeader add X a; <Location /b> RequestHeader add X b")
                .host();
        assertThat(host.settings(target("/a/1"))).isSameAs(host.settings(target("/a/2")));
        assertThat(host.settings(target("/c"))).isSameAs(host.config().settings());
        assertThat(host.reverse(target("/a/1"))).isSameAs(host.reverse(target("/a/2")));
    }

    @Test
    void itIsCalledByWhereEachConnectionCameTo() throws Exception {
        Host named = Rules.of("ProxyPass / http://one/").host();
        Host host = new Host(named.config(), "", Map.of());
        assertThat(name(named, "10.0.0.1", 80, false)).isEqualTo("www.example.com");
        assertThat(name(named, "10.0.0.1", 8080, false)).isEqualTo("www.example.com:8080");
        for (int i = 0; i < 2; i++) {
            assertThat(name(host, "10.0.0.1", 80, false)).isEqualTo("10.0.0.1");
            assertThat(name(host, "10.0.0.2", 80, false)).isEqualTo("10.0.0.2");
            assertThat(name(host, "10.0.0.2", 8080, false)).isEqualTo("10.0.0.2:8080");
            assertThat(name(host, "10.0.0.2", 443, false)).isEqualTo("10.0.0.2:443");
            assertThat(name(host, "10.0.0.2", 443, true)).isEqualTo("10.0.0.2");
            assertThat(name(host, "::1", 8080, false)).isEqualTo("[::1]:8080");
        }
        ClientConnection client = new ClientConnection("10.0.0.9", 1234, "10.0.0.1", 80, false);
        assertThat(host.pseudonym(client)).isSameAs(host.pseudonym(client.onBehalfOf("10.0.0.8")));
    }

    private static String name(Host host, String address, int port, boolean secure) {
        return host.pseudonym(new ClientConnection("10.0.0.9", 1234, address, port, secure))
                .name();
    }

    @Test
    void clientsCannotFillTheMemoryWithCombinationsOfSections() throws Exception {
        String rules = IntStream.range(0, 20)
                .mapToObj(i -> "<LocationMatch " + (char) ('a' + i) + "> RequestHeader add X " + i)
                .collect(Collectors.joining("; "));
        Host host = Rules.of(rules).host();
        for (int mask = 0; mask < 20_000; mask++) {
            StringBuilder path = new StringBuilder("/");
            for (int i = 0; i < 20; i++) {
                path.append((mask >> i & 1) == 1 ? (char) ('a' + i) : '-');
            }
            assertThat(host.settings(target(path.toString())).requestHeaders()).hasSize(Integer.bitCount(mask));
        }
        assertThat(host.settings(target("/zzz-tsr"))).isNotNull();
    }

    @Test
    void aPathThatOthersReadIntoAnotherSectionIsRefused() throws Exception {
        Host host = Rules.of("ProxyPass / http://one/; <Location /admin> RequestHeader add X a")
                .host();
        for (String path : List.of("/admin;x/y", "/x/..;/admin", "/x/..%2fadmin", "/x/../admin/..%2fy")) {
            assertThatThrownBy(() -> host.match(target(path)))
                    .as(path)
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.status()).isEqualTo(400));
        }
        assertThat(host.match(target("/admin/x;y%2Fz"))).isInstanceOf(Match.Forward.class);
    }

    @Test
    void aServletMappingFindsSectionsWithoutParameters() throws Exception {
        Host host = Rules.of("ProxyPass /s http://one/t mapping=servlet; <Location /s> RequestHeader add X s")
                .host();
        assertThat(names(host, "/s;v=1/x")).isEqualTo("s");
        assertThat(host.match(target("/s;v=1/x"))).isInstanceOf(Match.Forward.class);
        assertThat(names(host, "/q;v=1/x")).isEmpty();
    }

    @Test
    void theFirstOfAThousandRoutesWinsAsIfAllWereTriedInOrder() throws Exception {
        Random random = new Random(7);
        String[] segments = {"a", "b", "c", "d", "aa", "B"};
        List<String> lines = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            StringBuilder prefix = new StringBuilder();
            for (int depth = random.nextInt(4); depth >= 0; depth--) {
                prefix.append('/')
                        .append(segments[random.nextInt(segments.length)])
                        .append(random.nextInt(6));
            }
            prefix.append(random.nextInt(4) == 0 ? "/" : "");
            prefixes.add(prefix.toString());
            lines.add("ProxyPass " + prefix + " balancer://x/" + i
                    + (prefix.toString().endsWith("/") ? "/" : ""));
        }
        lines.add(500, "ProxyPassMatch 5/c5$ balancer://x/expression");
        prefixes.add(500, "");
        Host host = Rules.of(String.join("; ", lines)).host();
        for (int i = 0; i < 5000; i++) {
            StringBuilder path = new StringBuilder();
            for (int depth = random.nextInt(4); depth >= 0; depth--) {
                path.append('/')
                        .append(segments[random.nextInt(segments.length)])
                        .append(random.nextInt(6));
            }
            path.append(random.nextInt(4) == 0 ? "/" : "");
            int expected = first(prefixes, path.toString());
            Match match = host.match(target(path.toString()));
            if (expected < 0) {
                assertThat(match).isEqualTo(Match.UNMATCHED);
            } else {
                // Each route leads to a path of its own: its number among the prefixes, or the expression's word.
                String number =
                        expected == 500 ? "expression" : Integer.toString(expected > 500 ? expected - 1 : expected);
                assertThat(((Match.Forward) match).target()).matches("/" + number + "(/.*)?");
            }
        }
    }

    private static int first(List<String> prefixes, String path) {
        for (int i = 0; i < prefixes.size(); i++) {
            String prefix = prefixes.get(i);
            boolean expression = prefix.isEmpty() && path.endsWith("5/c5");
            boolean whole = prefix.endsWith("/") || path.length() == prefix.length() || path.startsWith(prefix + "/");
            if (expression || !prefix.isEmpty() && path.startsWith(prefix) && whole) {
                return i;
            }
        }
        return -1;
    }
}
