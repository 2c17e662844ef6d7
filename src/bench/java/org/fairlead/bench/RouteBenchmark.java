package org.fairlead.bench;

import java.util.concurrent.TimeUnit;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;
import org.fairlead.route.HostTable;
import org.fairlead.route.Match;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to find where a request goes: its virtual host by name, then its route among many. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RouteBenchmark {
    private static final int ROUTES = 1_000;

    /** How many virtual hosts share the routes. */
    @Param({"1", "100"})
    public int hosts;

    private HostTable table;
    private String lastHost;
    private String lastPath;

    @Setup
    public void setUp() throws ConfigException {
        StringBuilder text = new StringBuilder("Listen 127.0.0.1:8080\n");
        int ofEach = ROUTES / hosts;
        for (int h = 0; h < hosts; h++) {
            text.append("<VirtualHost *:8080>\nServerName h%d.example.com\n".formatted(h));
            for (int r = 0; r < ofEach; r++) {
                text.append("ProxyPass /app%d/ http://127.0.0.1:9000/app%d/\n".formatted(r, r));
            }
            text.append("</VirtualHost>\n");
        }
        table = HostTable.of(new ConfigLoader()
                .load(text.toString(), "conf", "benchmark.conf")
                .config());
        lastHost = "h%d.example.com".formatted(hosts - 1);
        lastPath = "/app%d/a/page.html?x=1".formatted(ofEach - 1);
    }

    /** The last route of the last host, from the bytes of the target on. */
    @Benchmark
    public Match last() throws RefusedException {
        return table.find("127.0.0.1", 8080, lastHost).match(RequestTarget.parse(lastPath));
    }

    /** A path that no route is for. */
    @Benchmark
    public Match none() throws RefusedException {
        return table.find("127.0.0.1", 8080, lastHost).match(RequestTarget.parse("/elsewhere/a/page.html?x=1"));
    }
}
