package org.fairlead.bench;

import java.util.List;
import java.util.Locale;
import org.fairlead.bench.BalancerSimulation.Result;

/** The simulation's results as a Markdown table and as a plot of the 99th percentile over time. */
final class SimulationReport {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 440;
    private static final int LEFT = 70;
    private static final int RIGHT = 150;
    private static final int TOP = 30;
    private static final int BOTTOM = 50;
    private static final double LOWEST_MS = 10;
    private static final double HIGHEST_MS = 1_000_000;
    private static final String[] COLOURS = {
        "#d62728", "#ff7f0e", "#8c564b", "#7f7f7f", "#2ca02c", "#1f77b4", "#9467bd", "#e377c2"
    };

    private SimulationReport() {}

    static String table(List<Result> results) {
        StringBuilder text = new StringBuilder();
        text.append(
                "| lbmethod | p50 ms | p99 ms | p99.9 ms | most in flight at one member | share of the slow one |\n");
        text.append("|---|---:|---:|---:|---:|---:|\n");
        for (Result r : results) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.0f | %.0f | %d | %.2f %% |%n",
                    name(r),
                    r.p50(),
                    r.p99(),
                    r.p999(),
                    r.maxInFlight(),
                    100 * r.slowShare()));
        }
        return text.toString();
    }

    private static String name(Result result) {
        return result.method().name().toLowerCase(Locale.ROOT);
    }

    static String plot(List<Result> results) {
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                WIDTH, HEIGHT));
        for (double ms = LOWEST_MS; ms <= HIGHEST_MS; ms *= 10) {
            line(svg, LEFT, y(ms), WIDTH - RIGHT, y(ms), "#dddddd");
            text(svg, LEFT - 8, y(ms) + 4, "end", "black", ms < 1000 ? (int) ms + " ms" : (int) (ms / 1000) + " s");
        }
        for (int second = 0; second <= BalancerSimulation.SECONDS; second += 10) {
            text(svg, x(second), HEIGHT - BOTTOM + 18, "middle", "black", second + " s");
        }
        double turn = x(BalancerSimulation.TURNS_SLOW_AT);
        line(svg, turn, TOP, turn, HEIGHT - BOTTOM, "#888888");
        text(svg, turn + 5, TOP + 12, "start", "#555555", "one member turns 20 times slower");
        text(svg, (double) (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, "middle", "black", "time of arrival");
        text(svg, LEFT, TOP - 12, "middle", "black", "p99 per second");
        for (int i = 0; i < results.size(); i++) {
            curve(svg, results.get(i), COLOURS[i]);
            text(svg, WIDTH - RIGHT + 40, TOP + 20 + i * 20, "start", "black", name(results.get(i)));
            svg.append(String.format(
                    "<rect x=\"%d\" y=\"%d\" width=\"16\" height=\"4\" fill=\"%s\"/>%n",
                    WIDTH - RIGHT + 16, TOP + 14 + i * 20, COLOURS[i]));
        }
        return svg.append("</svg>\n").toString();
    }

    private static void curve(StringBuilder svg, Result result, String colour) {
        svg.append("<polyline fill=\"none\" stroke-width=\"1.6\" stroke=\"")
                .append(colour)
                .append("\" points=\"");
        double[] values = result.p99PerSecond();
        for (int second = 0; second < values.length; second++) {
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(second + 0.5), y(values[second])));
        }
        svg.append("\"/>\n");
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
                x1,
                y1,
                x2,
                y2,
                colour));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String colour, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                colour,
                words));
    }

    private static double x(double second) {
        return LEFT + (WIDTH - LEFT - RIGHT) * second / BalancerSimulation.SECONDS;
    }

    private static double y(double ms) {
        double share = Math.log(Math.max(ms, LOWEST_MS) / LOWEST_MS) / Math.log(HIGHEST_MS / LOWEST_MS);
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share;
    }
}
