package org.fairlead.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;

/**
 * No path reaches a member that reads it as one the route is not for, whatever the member's decoder. The decoders here
 * are written anew, as members write them, and know nothing of ours.
 */
class RouteSafetyTest {
    private static final Host THREE = Rules.of(
                    "ProxyPass /pub/inner http://one/pub/inner; ProxyPass /pub http://two/pub; "
                            + "ProxyPass /admin http://three/admin")
            .host();
    private static final Host EXCLUDED =
            Rules.of("ProxyPass /admin !; ProxyPass / http://one/").host();
    private static final Host EXPRESSION =
            Rules.of("ProxyPassMatch ^/a(.*)$ http://one/app/x/$1").host();
    private static final Host MOVED = Rules.of("ProxyPass /a/b http://one/c/d").host();
    private static final Host SERVLET =
            Rules.of("ProxyPass /pub http://two/pub mapping=servlet").host();

    private static final List<UnaryOperator<String>> MEMBERS = List.of(
            // a plain RFC 3986 reader
            path -> resolve(decode(path, "/\\%")),
            // servlet containers: parameters, then decoding, then dots
            path -> resolve(decode(parameters(path), "/\\")),
            path -> resolve(decode(parameters(path), "")),
            // file servers that decode first
            path -> resolve(decode(path, "")),
            path -> resolve(decode(path, "").replace('\\', '/')),
            path -> resolve(parameters(decode(path, ""))),
            // a second proxy that decodes, in front of one that decodes
            path -> resolve(decode(decode(path, ""), "")),
            path -> resolve(decode(decode(path, ""), "").replace('\\', '/')),
            path -> resolve(parameters(decode(decode(path, ""), ""))),
            path -> resolve(decode(parameters(decode(path, "")), "")),
            // decoders that take overlong UTF-8
            path -> resolve(decode(path, "").replace("\u00c0\u00ae", ".").replace("\u00c0\u00af", "/")));

    private static String parameters(String path) {
        return path.replaceAll(";[^/]*", "");
    }

    private static String decode(String path, String but) {
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '%'
                    && i + 2 < path.length()
                    && path.substring(i + 1, i + 3).matches("[0-9a-fA-F]{2}")) {
                char c = (char) Integer.parseInt(path.substring(i + 1, i + 3), 16);
                if (but.indexOf(c) < 0) {
                    decoded.append(c);
                    i += 2;
                    continue;
                }
            }
            decoded.append(path.charAt(i));
        }
        return decoded.toString();
    }

    private static String resolve(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return "/" + String.join("/", segments);
    }

    private static boolean isBelow(String path, String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(
                        "/",
                        "/",
                        "/",
                        "pub",
                        "admin",
                        "inner",
                        "a",
                        "a",
                        "b",
                        "..",
                        "..",
                        ".",
                        "%2e",
                        "%2e%2e",
                        "%252e",
                        "%252e%252e",
                        "%2f",
                        "%252f",
                        "%5c",
                        "%255c",
                        ";",
                        ";x=1",
                        "%3b",
                        "%253b",
                        "//",
                        "%c0%ae%c0%ae",
                        "%c0%af",
                        "..;",
                        "%61",
                        "%20",
                        "/pub/",
                        "/admin/",
                        "/a/b/")
                .list()
                .ofMinSize(1)
                .ofMaxSize(10)
                .map(pieces -> "/" + String.join("", pieces));
    }

    private static List<String> forwarded(Host host, String path) {
        List<String> answer = new ArrayList<>();
        try {
            if (host.match(RequestTarget.parse(path)) instanceof Match.Forward forward) {
                answer.add(forward.balancer());
                answer.add(forward.target());
            }
        } catch (RefusedException e) {
            assertThat(e.status()).isIn(400, 404);
        }
        return answer;
    }

    @Property(tries = 2000)
    void noMemberReadsAPathThatIsAnothersOrNobodys(@ForAll("paths") String path) {
        List<String> answer = forwarded(THREE, path);
        if (answer.isEmpty()) {
            return;
        }
        for (UnaryOperator<String> member : MEMBERS) {
            String read = member.apply(answer.get(1));
            String expected = isBelow(read, "/pub/inner")
                    ? "http://one"
                    : isBelow(read, "/pub") ? "http://two" : isBelow(read, "/admin") ? "http://three" : "nobody";
            assertThat(answer.get(0))
                    .as("%s forwarded as %s, read as %s", path, answer.get(1), read)
                    .isEqualTo(expected);
        }
    }

    @Property(tries = 2000)
    void noMemberReadsAPathThatIsExcluded(@ForAll("paths") String path) {
        List<String> answer = forwarded(EXCLUDED, path);
        if (!answer.isEmpty()) {
            for (UnaryOperator<String> member : MEMBERS) {
                assertThat(isBelow(member.apply(answer.get(1)), "/admin"))
                        .as(path)
                        .isFalse();
            }
        }
    }

    @Property(tries = 2000)
    void noMemberReadsAPathOutsideOfWhatTheRouteNames(@ForAll("paths") String path) {
        List<String> expression = forwarded(EXPRESSION, path);
        List<String> moved = forwarded(MOVED, path);
        List<String> servlet = forwarded(SERVLET, path);
        for (UnaryOperator<String> member : MEMBERS) {
            if (!expression.isEmpty()) {
                assertThat(isBelow(member.apply(expression.get(1)), "/app/x"))
                        .as(path)
                        .isTrue();
            }
            if (!moved.isEmpty()) {
                assertThat(isBelow(member.apply(moved.get(1)), "/c/d")).as(path).isTrue();
            }
            if (!servlet.isEmpty()) {
                // Its member is a servlet container, by the operator's word, so that /pub;x is /pub.
                assertThat(isBelow(parameters(member.apply(servlet.get(1))), "/pub"))
                        .as(path + " -> " + servlet)
                        .isTrue();
            }
        }
    }

    /** What is forwarded ends with bytes of the request and holds no byte that the route or the request does not. */
    @Property(tries = 1500)
    void forwardingNeverDecodes(@ForAll("paths") String path, @ForAll("paths") String query) throws RefusedException {
        List<String> answer = forwarded(MOVED, path + "?" + query);
        if (!answer.isEmpty()) {
            String target = answer.get(1);
            assertThat(target).startsWith("/c/d").endsWith("?" + query);
            String rest = target.substring(4, target.length() - query.length() - 1);
            assertThat(RequestTarget.parse(path).forwardPath()).endsWith(rest);
        }
        List<String> whole = forwarded(EXCLUDED, path + "?" + query);
        if (!whole.isEmpty()) {
            String sent = RequestTarget.parse(path).forwardPath().replaceFirst("^/+", "/") + "?" + query;
            assertThat(whole.get(1)).isEqualTo(sent);
            assertThat(sent.getBytes(StandardCharsets.ISO_8859_1)).doesNotContain((byte) ' ', (byte) '\r', (byte) '\n');
        }
    }
}
