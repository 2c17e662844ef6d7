package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.fairlead.balancer.Balancer;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.model.ProxyConfig;
import org.fairlead.route.HostTable;

/** Whatever rules say: they are read or refused, and whatever is asked then is answered, soon, with nothing unsafe. */
class RewriteFuzzTest {
    private static final long LONGEST_NANOS = 5_000_000_000L;
    private static final List<String> PIECES = List.of(
            "^",
            "/",
            "(.*)",
            "(a+)+$",
            "(a|aa)+$",
            "x",
            "$1",
            "%1",
            "$0",
            "%{REQUEST_URI}",
            "%{QUERY_STRING}",
            "%{HTTP:X}",
            "${m:$1|d}",
            "${m:",
            "%{",
            "}",
            "\\",
            "?",
            "-",
            "!",
            "http://h:80",
            "http://h/",
            "balancer://b/",
            "ws://h:1$1",
            "//",
            ".",
            "..",
            ";",
            "%",
            "=",
            "é",
            "[",
            "{1,3}",
            "|");
    private static final List<String> FLAGS = List.of(
            "",
            "[L]",
            "[P]",
            "[P,NE]",
            "[PT]",
            "[R]",
            "[R=301,NE]",
            "[N]",
            "[N=50]",
            "[C]",
            "[S=2]",
            "[F]",
            "[QSA]",
            "[QSD,PT]",
            "[QSL,PT]",
            "[B,PT]",
            "[B=/,P]",
            "[E=a:$1]",
            "[CO=a:$1:d]",
            "[UnsafeAllow3F,P]",
            "[NC,P]",
            "[END,PT]",
            "[X]");
    private static final List<String> PATHS = List.of(
            "a",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "/",
            "%2F",
            "%0d%0a",
            "%20",
            "%3f",
            "%25",
            "%2e",
            ".",
            ";",
            "$1",
            "?",
            "&",
            "b=c",
            "x",
            "%C3%A9");

    @Provide
    Arbitrary<String> rules() {
        Arbitrary<String> text =
                Arbitraries.of(PIECES).list().ofMinSize(1).ofMaxSize(5).map(pieces -> String.join("", pieces));
        Arbitrary<String> rule = Combinators.combine(text, text, Arbitraries.of(FLAGS))
                .as((pattern, made, flags) -> "RewriteRule " + pattern + " " + made + " " + flags);
        Arbitrary<String> condition = Combinators.combine(text, text, Arbitraries.of("", "[NC]", "[OR]", "[OR,NC]"))
                .as((test, pattern, flags) -> "RewriteCond " + test + " " + pattern + " " + flags);
        return Arbitraries.frequencyOf(Tuple.of(3, rule), Tuple.of(1, condition))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(lines -> String.join("\n", lines));
    }

    @Provide
    Arbitrary<String> targets() {
        return Arbitraries.of(PATHS).list().ofMaxSize(12).map(pieces -> "/" + String.join("", pieces));
    }

    @Property(tries = 1500)
    void everyRequestComesToAnEnd(@ForAll("rules") String rules, @ForAll("targets") String target) throws Exception {
        FakeUpstream upstream = new FakeUpstream();
        ProxyConfig config;
        try {
            config = new ConfigLoader()
                    .load(
                            "RewriteEngine On\nRewriteMap m int:unescape\n" + rules
                                    + "\n<Proxy balancer://b>\nBalancerMember http://m:1\n</Proxy>\nProxyPass / http://p:1/\n",
                            "conf",
                            "fuzz.conf")
                    .config();
        } catch (ConfigException refused) {
            assertThat(refused.problems()).isNotEmpty();
            return;
        }
        Map<String, Balancer> balancers = new HashMap<>();
        config.balancers().forEach((name, each) -> balancers.put(name, new Balancer(each)));
        ProxyEngine engine =
                new ProxyEngine(config.server(), HostTable.of(config), balancers, upstream, NoLogin.ACCESS);
        FakeExchange client;
        try {
            client = FakeExchange.of("GET", target, Headers.of("X", "a b?c"), RequestBody.NONE);
        } catch (IllegalArgumentException noTarget) {
            return;
        }
        upstream.answers(200, "");
        long before = cpu();

        engine.handle(client);

        assertThat(cpu() - before).isLessThan(LONGEST_NANOS);
        upstream.sent().forEach(sent -> assertThat(sent.request().target()).matches("/[\\x21-\\x7e]*"));
        client.answered().forEach((name, value) -> assertThat(value).doesNotContainPattern("[\\x00-\\x1f\\x7f]"));
    }

    /** Time of this thread, so that a busy machine does not count. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
