package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.config.ConfigLoader;
import org.fairlead.engine.ProxyEngine.Outcome;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.http.Headers;
import org.fairlead.http.RequestHead;
import org.fairlead.model.ProxyConfig;
import org.fairlead.route.HostTable;

/** For random configurations and requests: what is explained is what then comes, and explaining changes nothing. */
class ExplanationPropertiesTest {
    private static final String[] PATHS = {"/", "/a", "/a/b", "/b/x", "/c", "/a%2Fb", "/a;x=1/b", "/a/../b", "/d.jsp"};
    private static final String[] HOSTS = {"one.example", "two.example", "other.example"};
    private static final String[] CLIENTS = {"192.0.2.7", "10.1.2.3", "127.0.0.1"};
    private static final String[] MEMBER_WORDS = {
        "", " loadfactor=3", " status=+H", " status=+D", " status=+N", " status=+R", " lbset=1", " status=+I"
    };
    private static final String[] METHODS = {
        "byrequests", "bytraffic", "bybusyness", "leastconn", "p2c", "ewma", "hash", "heartbeat"
    };
    private static final String[] LINES = {
        "SetEnvIf Request_URI ^/b kept=1",
        "SetEnvIf User-Agent (curl) no-proxy=$1",
        "Redirect /c http://h/d",
        "RedirectMatch ^/d /e",
        "RequestHeader set X-Kept %{kept}e",
        "RequestHeader set X-Early yes early",
        "RequestHeader set X-Route %{BALANCER_WORKER_ROUTE}e",
        "RequestHeader unset Cookie env=kept",
        "ProxyPreserveHost On",
        "ProxyAddHeaders Off",
        "AllowEncodedSlashes Off",
        "LimitRequestBody 10",
        "ProxyVia Block",
        "RemoteIPHeader X-Client",
        "<If \"%{REQUEST_URI} == '/a'\">\nRequestHeader set X-If yes\n</If>",
        "<If \"%{HTTP:Cookie} =~ /S=/\">\nRequire ip 10\n</If>",
        "<Location /a>\nRequire ip 192.0.2\n</Location>",
        "<Location /b>\nRequire all denied\nRedirect gone\n</Location>",
        "<Location /b>\nRequestHeader set X-In b\nSetEnv where b\n</Location>",
        "<LocationMatch \\.jsp$>\nOrder allow,deny\nAllow from 10\n</LocationMatch>",
        "<Location /c>\nRedirect http://h/c\n</Location>",
        "<Location /a/b>\nSetHandler heartbeat\n</Location>",
        "RewriteEngine On\nRewriteCond %{QUERY_STRING} go\nRewriteRule ^/a /b [PT]",
        "RewriteEngine On\nRewriteRule ^/c - [F]",
        "RewriteEngine On\nRewriteRule ^/d http://elsewhere/ [R=301,CO=n:v:h]",
        "RewriteEngine On\nRewriteRule ^/b/(.*) balancer://x/$1 [P]",
    };

    private final FakeUpstream upstream = new FakeUpstream();
    private final Map<String, Balancer> balancers = new HashMap<>();

    @Property(tries = 400)
    void whatIsExplainedComes(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        ProxyEngine engine = engine(configuration(random));
        for (int i = 0; i < 12; i++) {
            explainAndAsk(engine, random);
        }
    }

    private ProxyEngine engine(String text) throws Exception {
        ProxyConfig config = new ConfigLoader().load(text, "conf", "test.conf").config();
        balancers.clear();
        config.balancers().forEach((name, each) -> balancers.put(name, new Balancer(each)));
        return new ProxyEngine(config.server(), HostTable.of(config), balancers, upstream, NoLogin.ACCESS);
    }

    private static String configuration(Random random) {
        StringBuilder text = new StringBuilder("Listen 80\nTraceEnable On\n<Proxy balancer://x>\n");
        int members = 1 + random.nextInt(4);
        for (int i = 0; i < members; i++) {
            text.append("BalancerMember http://m" + i + ":8000 route=r" + i + any(random, MEMBER_WORDS) + "\n");
        }
        text.append("ProxySet lbmethod=" + any(random, METHODS) + "\n");
        text.append(any(random, "", "ProxySet stickysession=S\n", "ProxySet stickysession=S nofailover=On\n"));
        text.append("</Proxy>\n");
        text.append(lines(random));
        text.append("<VirtualHost *:80>\nServerName one.example\n" + lines(random) + "</VirtualHost>\n");
        return text.append("<VirtualHost *:80>\nServerName two.example\n" + lines(random) + "</VirtualHost>\n")
                .toString();
    }

    private static String lines(Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            lines.add(any(random, LINES));
        }
        if (random.nextBoolean()) {
            lines.add("ProxyPass /a/b !");
        }
        if (random.nextBoolean()) {
            lines.add("ProxyPass /b http://lone:8000/l");
        }
        lines.add(random.nextInt(5) == 0 ? "" : "ProxyPass / balancer://x/");
        return String.join("\n", lines) + "\n";
    }

    private static String any(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }

    private void explainAndAsk(ProxyEngine engine, Random random) throws Exception {
        DryRunRequest request = request(random);
        List<BalancerSnapshot> before = snapshots();

        Explanation explained = engine.explain(request, true);

        assertThat(withoutTime(snapshots())).isEqualTo(withoutTime(before));
        FakeExchange client = FakeExchange.of(copy(request.head()), request.connection());
        int sent = upstream.sent().size();
        upstream.forgetSteps();
        for (int i = 0; i < 9; i++) {
            if (i == 0 && random.nextInt(6) == 0) {
                upstream.fails(Kind.CONNECT, false, false);
            } else {
                upstream.answers(200, "member");
            }
        }
        Outcome outcome = engine.handle(client);
        compare(
                explained,
                outcome,
                client,
                upstream.sent().subList(sent, upstream.sent().size()));
    }

    private static void compare(
            Explanation explained, Outcome outcome, FakeExchange client, List<FakeUpstream.Sent> sent) {
        switch (explained.decision()) {
            case "decline" -> assertThat(outcome).isEqualTo(Outcome.DECLINED);
            case "respond" -> {
                assertThat(sent).isEmpty();
                boolean heartbeat =
                        explained.trace().stream().anyMatch(line -> line.phase().equals("handler"));
                if (!heartbeat) {
                    assertThat(client.status()).isEqualTo(explained.status().orElseThrow());
                    explained
                            .response()
                            .first("Location")
                            .ifPresent(to -> assertThat(client.answered().first("Location"))
                                    .contains(to));
                }
            }
            default -> {
                if (explained.chosen().isEmpty()) {
                    assertThat(sent).isEmpty();
                    assertThat(client.status()).isEqualTo(503);
                } else {
                    Explanation.Sends sends = explained.sends().orElseThrow();
                    OutgoingRequest first = sent.get(0).request();
                    assertThat(sent.get(0).member())
                            .isEqualTo(explained.chosen().get());
                    assertThat(sends.method()).isEqualTo(first.method());
                    assertThat(sends.url()).endsWith(first.target());
                    assertThat(sends.headers()).hasToString(first.headers().toString());
                }
            }
        }
    }

    private static RequestHead copy(RequestHead head) {
        return new RequestHead(
                head.method(), head.target(), head.protocol(), head.headers().copy());
    }

    private static DryRunRequest request(Random random) {
        Headers fields = new Headers();
        if (random.nextBoolean()) {
            fields.add("Cookie", "S=abc.r" + random.nextInt(5) + "; other=1");
        }
        if (random.nextInt(4) == 0) {
            fields.add("User-Agent", any(random, "curl/8", "Mozilla"));
        }
        if (random.nextInt(6) == 0) {
            fields.add("X-Client", "198.51.100.1");
        }
        if (random.nextInt(8) == 0) {
            fields.add("Max-Forwards", any(random, "0", "5", "x"));
        }
        String query = random.nextInt(3) == 0 ? "?go=1" : "";
        return DryRunRequest.of(
                any(random, "GET", "GET", "POST", "OPTIONS", "TRACE") + " http://" + any(random, HOSTS)
                        + any(random, PATHS) + query,
                fields,
                any(random, CLIENTS),
                DryRunRequest.Ports.AS_ASKED);
    }

    private List<BalancerSnapshot> snapshots() {
        return balancers.values().stream().map(Balancer::snapshot).toList();
    }

    /** Times go on by themselves. */
    private static List<String> withoutTime(List<BalancerSnapshot> snapshots) {
        return snapshots.stream()
                .flatMap(snapshot -> snapshot.members().stream())
                .map(member -> member.id() + " " + member.status() + " "
                        + member.recovery().changes() + " "
                        + member.load().elected() + " " + member.load().busy() + " "
                        + member.load().lbstatus() + " " + member.load().weight() + " "
                        + member.load().retries())
                .toList();
    }
}
