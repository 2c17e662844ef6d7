package org.fairlead.bench.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.fairlead.bench.proxy.ProxyBenchmark.Round;

/** The results as a table for people, as JSON for programs and as a plot. */
final class BenchmarkReport {
    private static final String BASE = "nginx";
    private static final String[] COLORS = {
        "#1b6ca8", "#4c9f70", "#c44536", "#8d6a9f", "#d98e04", "#5b5b5b", "#2a9d8f", "#b56576"
    };

    private final Map<Workload, Map<String, List<Round>>> results;

    BenchmarkReport(Map<Workload, Map<String, List<Round>>> results) {
        this.results = results;
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("benchmark.md"), markdown());
        Files.writeString(folder.resolve("benchmark.json"), json());
        Files.writeString(folder.resolve("benchmark.svg"), svg());
    }

    String markdown() {
        StringBuilder out = new StringBuilder();
        results.forEach((workload, peers) -> {
            out.append("\n**").append(workload.title()).append("**\n\n");
            out.append("| proxy | CPU us/request (min-max) | x nginx | requests/s | p50 ms | p99 ms | p99.9 ms | errors"
                    + " | PSS MiB | threads | warm-up s |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
            Map<String, Double> medians = ProxyBenchmark.medians(peers);
            peers.forEach((name, rounds) -> out.append(row(name, ProxyBenchmark.quiet(rounds), rounds, medians)));
        });
        return out.toString();
    }

    private static String row(String name, List<Round> quiet, List<Round> all, Map<String, Double> medians) {
        List<Double> micros = quiet.stream().map(Round::microsPerRequest).toList();
        double median = median(micros);
        Double base = medians.get(BASE);
        return String.format(
                Locale.ROOT,
                "| %s | %.1f (%.1f-%.1f) | %s | %.0f | %s | %s | %s | %d | %.0f | %.0f | %s |%n",
                name,
                median,
                micros.stream().mapToDouble(d -> d).min().orElse(0),
                micros.stream().mapToDouble(d -> d).max().orElse(0),
                base == null ? "-" : String.format(Locale.ROOT, "%.2f", median / base),
                median(quiet, r -> r.figures().requests() / r.figures().seconds()),
                millis(median(quiet, r -> r.figures().p50())),
                millis(median(quiet, r -> r.figures().p99())),
                millis(median(quiet, r -> r.figures().p999())),
                all.stream().mapToLong(r -> r.figures().errors()).sum(),
                median(quiet, r -> r.usage().pssKib() / 1024.0),
                median(quiet, r -> r.usage().threads()),
                words(all.get(0).warmUp()));
    }

    private static String words(WarmUp warmUp) {
        String seconds = String.format(Locale.ROOT, "%.0f", warmUp.seconds());
        return warmUp.end() == WarmUp.End.NOT_STEADY ? "**" + seconds + ", not steady**" : seconds;
    }

    private static String millis(double micros) {
        return micros == 0 ? "-" : String.format(Locale.ROOT, "%.1f", micros / 1_000);
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
        return median(rounds.stream().map(of::applyAsDouble).toList());
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private String json() {
        List<String> entries = new ArrayList<>();
        results.forEach((workload, peers) -> peers.forEach((name, rounds) -> {
            for (Round r : rounds) {
                entries.add(String.format(
                        Locale.ROOT,
                        "{\"workload\":\"%s\",\"proxy\":\"%s\",\"requests\":%d,\"seconds\":%.3f,\"errors\":%d,"
                                + "\"cpuMicrosPerRequest\":%.2f,\"foreignMicrosPerSecond\":%.0f,\"p50\":%.0f,"
                                + "\"p99\":%.0f,\"p999\":%.0f,\"pssKib\":%d,\"threads\":%d,"
                                + "\"warmUpSeconds\":%.0f,\"warmUpEnd\":\"%s\"}",
                        workload,
                        name,
                        r.figures().requests(),
                        r.figures().seconds(),
                        r.figures().errors(),
                        r.microsPerRequest(),
                        r.foreignMicros(),
                        r.figures().p50(),
                        r.figures().p99(),
                        r.figures().p999(),
                        r.usage().pssKib(),
                        r.usage().threads(),
                        r.warmUp().seconds(),
                        r.warmUp().end()));
            }
        }));
        return "[\n" + String.join(",\n", entries) + "\n]\n";
    }

    /** For each workload one group of bars, CPU time of a request as a multiple of nginx's. */
    private String svg() {
        int line = 16;
        StringBuilder bars = new StringBuilder();
        int y = 24;
        for (Map.Entry<Workload, Map<String, List<Round>>> workload : results.entrySet()) {
            Map<String, Double> medians = ProxyBenchmark.medians(workload.getValue());
            Double base = medians.get(BASE);
            if (base == null || workload.getKey().isAboutTail()) {
                continue;
            }
            bars.append(text(8, y, workload.getKey().title(), "bold"));
            y += line;
            int color = 0;
            for (String name : workload.getValue().keySet()) {
                double ratio = medians.get(name) / base;
                bars.append(text(16, y, name, "normal"));
                bars.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"140\" y=\"%d\" width=\"%.0f\" height=\"%d\" fill=\"%s\"/>%n",
                        y - line + 5,
                        Math.min(480, ratio * 60),
                        line - 4,
                        COLORS[color++ % COLORS.length]));
                bars.append(text(
                        146 + (int) Math.min(480, ratio * 60), y, String.format(Locale.ROOT, "%.2f", ratio), "normal"));
                y += line;
            }
            y += line / 2;
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"680\" height=\"" + (y + 8)
                + "\" font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
                + bars + "</svg>\n";
    }

    private static String text(int x, int y, String words, String weight) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" font-weight=\"" + weight + "\">" + words + "</text>\n";
    }
}
