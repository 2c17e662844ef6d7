package org.fairlead.bench.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the client: wrk or h2load, and reads what it says, or our own. */
final class Load {
    private static final String REPORT = """
            done = function(summary, latency, requests)
              io.write(string.format("FIGURES %d %d %d %d %d %d\\n", summary.requests, summary.duration,
                summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
                  + summary.errors.status,
                latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
            end
            """;
    private static final Pattern FIGURES = Pattern.compile("FIGURES (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");
    private static final Pattern H2_REQUESTS =
            Pattern.compile("requests: \\d+ total, \\d+ started, \\d+ done, (\\d+) succeeded, (\\d+) failed");
    private static final Pattern H2_TIME = Pattern.compile("finished in ([0-9.]+)(ms|s)");

    private final Path folder;

    Load(Path folder) throws IOException {
        this.folder = folder;
        script("wrk.lua", "");
        script("wrk_close.lua", "wrk.headers[\"Connection\"] = \"close\"\n");
        script("wrk_post.lua", "wrk.method = \"POST\"\nwrk.body = string.rep(\"x\", 16384)\n");
        script("wrk_chunked.lua", """
                local chunk = "1000\\r\\n" .. string.rep("x", 4096) .. "\\r\\n"
                local message
                request = function()
                  message = message or "POST /post HTTP/1.1\\r\\nHost: " .. wrk.headers["Host"]
                    .. "\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n" .. chunk .. chunk .. chunk .. chunk .. "0\\r\\n\\r\\n"
                  return message
                end
                """);
    }

    /** Latencies in microseconds; 0 where the tool does not tell them. */
    record Figures(long requests, double seconds, long errors, double p50, double p99, double p999) {
        Figures with(long moreErrors) {
            return new Figures(requests, seconds, errors + moreErrors, p50, p99, p999);
        }
    }

    private void script(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text + REPORT);
    }

    Figures run(Workload workload, Peer peer, double seconds) throws IOException, InterruptedException {
        int port = workload.tls() ? peer.tlsPort() : peer.port();
        String url = (workload.tls() ? "https" : "http") + "://127.0.0.1:" + port + workload.path();
        return switch (workload.tool()) {
            case H2LOAD -> h2load(workload, url, seconds);
            case ARRIVALS -> Arrivals.run(port, workload.path(), workload.connections(), seconds);
            default -> wrk(workload, url, seconds);
        };
    }

    private Figures wrk(Workload workload, String url, double seconds) throws IOException, InterruptedException {
        String script = workload.tool().name().toLowerCase(java.util.Locale.ROOT) + ".lua";
        String said = run(List.of(
                "wrk",
                "-t" + Math.min(2, workload.connections()),
                "-c" + workload.connections(),
                "-d" + Math.round(seconds) + "s",
                "--timeout",
                "10s",
                "-s",
                folder.resolve(script).toString(),
                url));
        Matcher m = FIGURES.matcher(said);
        if (!m.find()) {
            throw new IOException("wrk: " + said);
        }
        return new Figures(
                Long.parseLong(m.group(1)),
                Double.parseDouble(m.group(2)) / 1e6,
                Long.parseLong(m.group(3)),
                Double.parseDouble(m.group(4)),
                Double.parseDouble(m.group(5)),
                Double.parseDouble(m.group(6)));
    }

    private Figures h2load(Workload workload, String url, double seconds) throws IOException, InterruptedException {
        String said =
                run(List.of("h2load", "-t1", "-c" + workload.connections(), "-m10", "-D" + Math.round(seconds), url));
        Matcher requests = H2_REQUESTS.matcher(said);
        Matcher time = H2_TIME.matcher(said);
        if (!requests.find() || !time.find()) {
            throw new IOException("h2load: " + said);
        }
        double duration = Double.parseDouble(time.group(1)) / (time.group(2).equals("ms") ? 1_000 : 1);
        return new Figures(Long.parseLong(requests.group(1)), duration, Long.parseLong(requests.group(2)), 0, 0, 0);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        List<String> limited = new ArrayList<>(List.of("bash", "-c", "ulimit -n $(ulimit -Hn); exec \"$@\"", "load"));
        limited.addAll(command);
        Process process = new ProcessBuilder(limited).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
