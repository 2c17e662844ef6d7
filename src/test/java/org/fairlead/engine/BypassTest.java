package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.fairlead.engine.ProxyEngine.Outcome;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That no spelling of a path is a way around the rules for it. */
class BypassTest {
    private static final String ROUTES = "ProxyPass / http://127.0.0.1:1/\n";
    private static final String LOCAL = "ProxyPass / !\n";
    private static final List<String> RULES = List.of(
            "<Location /admin>\nRequire all denied\n</Location>\n",
            "<LocationMatch \"^/admin(/|$)\">\nRequire all denied\n</LocationMatch>\n",
            "<Location ~ /admin>\nOrder deny,allow\nDeny from all\n</Location>\n",
            "<Location />\nRequire all denied\n</Location>\n<LocationMatch \"^/(?!admin(/|$))\">\nRequire all granted\n"
                    + "</LocationMatch>\n",
            "<Location />\nRequire all denied\n</Location>\n<LocationMatch \"^/public|^/x|\\.png$\">\n"
                    + "Require all granted\n</LocationMatch>\n",
            "<Proxy *>\nRequire all granted\n</Proxy>\n<Location /admin>\nRequire expr false\n</Location>\n");

    /** Of the rules, the one by which pictures are for everybody. */
    private static final int LETS_PICTURES_IN = 4;

    static List<String> targets() {
        return AccessRows.resource("bypass.targets")
                .lines()
                .filter(line -> line.startsWith("/"))
                .toList();
    }

    /** Whether a target went on to a member or to the container; a target that cannot even be read is not. */
    private static Optional<String> served(ProxyEngine engine, FakeUpstream upstream, String target) throws Exception {
        try {
            RequestTarget.parse(target);
        } catch (RefusedException e) {
            return Optional.empty();
        }
        upstream.answers(200, "");
        int before = upstream.sent().size();
        FakeExchange client = FakeExchange.of("GET", target, new Headers(), RequestBody.NONE);
        if (engine.handle(client) == Outcome.DECLINED) {
            return Optional.of(target);
        }
        return upstream.sent().size() == before
                ? Optional.empty()
                : Optional.of(upstream.sent().get(before).request().target());
    }

    static Stream<String> configurations() {
        return RULES.stream().flatMap(rule -> Stream.of(rule + ROUTES, rule + LOCAL));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void noKnownWayAroundWorks(String configuration) throws Exception {
        FakeUpstream upstream = new FakeUpstream();
        ProxyEngine engine = AccessTest.engine(configuration, upstream);
        List<String> passed = new ArrayList<>();
        for (String target : targets()) {
            if (served(engine, upstream, target).isPresent()) {
                passed.add(target);
            }
        }
        assertThat(passed).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void whatLiesBesideIsServed(String configuration) throws Exception {
        FakeUpstream upstream = new FakeUpstream();
        ProxyEngine engine = AccessTest.engine(configuration, upstream);

        for (String target : List.of("/public", "/public/a.png", "/x//y", "/public/a%20b", "/x/%41", "/x/a;b=1")) {
            assertThat(served(engine, upstream, target)).as(target).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void aRuleForWhereItGoesIsNoLessTight(String target) throws Exception {
        FakeUpstream upstream = new FakeUpstream();
        ProxyEngine engine = AccessTest.engine(
                "<ProxyMatch \"^http://127\\.0\\.0\\.1:1/app/admin\">\nRequire all denied\n</ProxyMatch>\n"
                        + "ProxyPass /in http://127.0.0.1:1/app\n",
                upstream);

        Optional<String> sent = served(engine, upstream, "/in" + target);

        sent.filter(s -> s.startsWith("/app"))
                .ifPresent(s -> assertThat(readings(s)).noneMatch(isIn("/app/admin")));
    }

    /** Whatever a client writes: what goes on is not the protected path to any reader that a member may be. */
    @Property(tries = 1500)
    void noSpellingOfAPathIsServedWithoutItsRule(@ForAll("spellings") String target, @ForAll("rules") int rule)
            throws Exception {
        Made made = ENGINES.get(rule);

        served(made.engine(), made.upstream(), target)
                .ifPresent(sent -> assertThat(readings(path(sent)))
                        .as("%s, sent as %s", target, sent)
                        .noneMatch(
                                rule == LETS_PICTURES_IN
                                        ? isIn("/admin").and(reading -> !reading.endsWith(".png"))
                                        : isIn("/admin")));
    }

    /** An engine for each rule, made once. */
    private static final List<Made> ENGINES = RULES.stream().map(Made::of).toList();

    private record Made(ProxyEngine engine, FakeUpstream upstream) {
        static Made of(String rule) {
            try {
                FakeUpstream upstream = new FakeUpstream();
                return new Made(AccessTest.engine(rule + ROUTES, upstream), upstream);
            } catch (Exception e) {
                throw new IllegalStateException(rule, e);
            }
        }
    }

    @Provide
    Arbitrary<Integer> rules() {
        return Arbitraries.integers().between(0, RULES.size() - 1);
    }

    /** Pieces that readers disagree about, around letters of the protected path in several encodings. */
    @Provide
    Arbitrary<String> spellings() {
        Arbitrary<String> noise = Arbitraries.of(
                "/",
                "//",
                "/./",
                "/x/../",
                "/x/..;/",
                "/;a/",
                "/%2e/",
                "/x/%2e%2e/",
                "/x/..%2f",
                "/x/..%5c",
                "/x%2f../",
                "/%2f",
                "/%5c",
                "/x/..%252f",
                "/x/%252e%252e/",
                "/public/../",
                "/public;p/../",
                "/x/.%2e;v/",
                "/%3b/");
        Arbitrary<String> word = Arbitraries.of("a", "%61", "%2561")
                .flatMap(a -> Arbitraries.of("d", "%64", "%2564")
                        .flatMap(d -> Arbitraries.of("min", "m%69n", "mi%6e", "m%69%6E")
                                .map(min -> a + d + min)));
        Arbitrary<String> tail = Arbitraries.of(
                "",
                "/",
                "/users",
                ";x",
                ";x/users",
                ".",
                "./",
                "%20",
                "%2f",
                "%2fusers",
                "%5cusers",
                "%3bx",
                "%253bx",
                "/.",
                "/..;/admin",
                "%2e",
                "%252fusers",
                ".png",
                ";a.png",
                "/a.png",
                "%3ba.png",
                "?a.png",
                "%20/a.png");
        return noise.flatMap(n -> noise.flatMap(m -> word.flatMap(w -> tail.map(t -> join(n, m) + w + t))));
    }

    private static String join(String first, String second) {
        return first.endsWith("/") && second.startsWith("/") ? first + second.substring(1) : first + second;
    }

    private static Predicate<String> isIn(String path) {
        Pattern pattern = Pattern.compile(Pattern.quote(path) + "(/.*)?", Pattern.DOTALL);
        return reading -> pattern.matcher(reading).matches();
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** What readers make of a path: written anew here, so that it shares no mistake with the code it judges. */
    private static List<String> readings(String path) {
        List<String> readings = new ArrayList<>();
        for (int parameters = 0; parameters < 3; parameters++) {
            for (int rounds = 1; rounds <= 2; rounds++) {
                for (int windows = 0; windows < 2; windows++) {
                    String text = parameters == 1 ? path.replaceAll(";[^/]*", "") : path;
                    for (int i = 0; i < rounds; i++) {
                        text = decoded(text);
                    }
                    text = windows == 1 ? text.replace('\\', '/') : text;
                    text = parameters == 2 ? text.replaceAll(";[^/]*", "") : text;
                    readings.add(resolved(text, windows == 1));
                }
            }
        }
        return readings;
    }

    private static String decoded(String text) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("%", i) && text.substring(i).matches("(?s)%[0-9A-Fa-f]{2}.*")) {
                bytes.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.append(text.charAt(i));
            }
        }
        return new String(bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
    }

    private static String resolved(String path, boolean windows) {
        List<String> segments = new ArrayList<>();
        for (String written : path.split("/")) {
            boolean dots = written.equals(".") || written.equals("..");
            String segment = windows && !dots ? written.replaceAll("[. ]+$", "") : written;
            if (segment.equals("..") && !segments.isEmpty()) {
                segments.remove(segments.size() - 1);
            } else if (!segment.isEmpty() && !dots) {
                segments.add(segment);
            }
        }
        return "/" + String.join("/", segments);
    }
}
