package org.fairlead.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.fairlead.admin.ConsoleSeries.Sample;

/**
 * The charts of one member or balancer over one span of time.
 *
 * @param id the prefix of the ids of the page's parts
 * @param span the number of samples in the width
 * @param unit the unit of a sample, and the name of the span
 */
record ConsoleChart(String id, List<Sample> samples, int span, Unit unit) {
    private static final int POINTS = 200;
    private static final int LEFT = 52;
    private static final int WIDTH = 530;
    private static final int HEIGHT = 130;
    private static final int TOP = 8;

    /** Milliseconds at the foot of the scale for times, and decades above it. */
    private static final double LEAST_MILLIS = 1;

    private static final int DECADES = 4;

    /** @param name of the span; @param marks labels below the chart, from left to right */
    record Unit(String name, List<String> marks) {
        static final Unit SECONDS = new Unit("10 minutes", List.of("−10 min", "−5 min", "now"));
        static final Unit MINUTES = new Unit("24 hours", List.of("−24 h", "−12 h", "now"));
    }

    /** @param style of what is drawn; @param key of its mark beside its name */
    private record Line(String name, String style, String key, ToDoubleFunction<Sample> value) {}

    private double[] folded(ToDoubleFunction<Sample> value) {
        return ConsoleCharts.folded(samples, value, Math.min(POINTS, span), span);
    }

    /** Responses a second, the classes on each other. */
    String classes() {
        List<Line> lines = List.of(
                new Line("5xx or none", "c5", "c5", sample -> sample.errors() / (double) sample.seconds()),
                new Line("4xx", "c4", "c4", sample -> sample.responses().clientError() / (double) sample.seconds()),
                new Line("3xx", "c3", "c3", sample -> sample.responses().redirection() / (double) sample.seconds()),
                new Line(
                        "2xx",
                        "c2",
                        "c2",
                        sample -> (sample.responses().success()
                                        + sample.responses().informational())
                                / (double) sample.seconds()));
        double[] total = folded(sample -> sample.requests() / (double) sample.seconds());
        double most = niceTop(ConsoleCharts.max(total));
        StringBuilder out = new StringBuilder(grid(List.of(0.0, most / 2, most), most, ConsoleCharts::number));
        double[] below = new double[total.length];
        for (Line line : lines) {
            double[] above = folded(line.value());
            for (int i = 0; i < above.length; i++) {
                above[i] += below[i];
            }
            out.append("<path class=\"" + line.style() + "\" d=\"")
                    .append(ConsoleCharts.area(above, below, most, WIDTH, HEIGHT, LEFT, TOP))
                    .append("\"/>");
            below = above;
        }
        return figure("Responses per second", lines, out.toString());
    }

    /** Times to the head of the response, on a logarithmic scale. */
    String times() {
        List<Line> lines = List.of(
                new Line("p50", "s50", "f50", sample -> scaled(sample.p50())),
                new Line("p99", "s99", "f99", sample -> scaled(sample.p99())));
        StringBuilder out = new StringBuilder(grid(
                List.of(0.0, 1.0, 2.0, 3.0, 4.0),
                DECADES,
                decade -> ConsoleText.millis((float) (LEAST_MILLIS * Math.pow(10, decade)))
                        .replace(".0", "")));
        lines.forEach(line -> out.append("<path class=\"" + line.style() + "\" d=\"")
                .append(ConsoleCharts.line(quantile(line.value()), DECADES, WIDTH, HEIGHT, LEFT, TOP))
                .append("\"/>"));
        return figure("Time to the response’s head, logarithmic", lines, out.toString());
    }

    /** Seconds without requests have no quantile, hence no point; averages use the seconds with requests. */
    private double[] quantile(ToDoubleFunction<Sample> value) {
        List<Sample> all = samples;
        int points = Math.min(POINTS, span);
        int each = span / points;
        double[] folded = new double[points];
        for (int i = 0; i < points; i++) {
            int to = all.size() - (points - 1 - i) * each;
            folded[i] = to <= 0
                    ? Double.NaN
                    : all.subList(Math.max(0, to - each), to).stream()
                            .filter(sample -> sample.p50() > 0)
                            .mapToDouble(value)
                            .max()
                            .orElse(Double.NaN);
        }
        return folded;
    }

    private static double scaled(float millis) {
        return millis <= LEAST_MILLIS ? 0 : Math.min(DECADES, Math.log10(millis / LEAST_MILLIS));
    }

    /** Requests under way, and those that wait. */
    String load() {
        List<Line> lines = List.of(
                new Line("in flight", "s2", "c3", Sample::busy), new Line("waiting", "s4", "c4", Sample::waiting));
        double most =
                niceTop(Math.max(ConsoleCharts.max(folded(Sample::busy)), ConsoleCharts.max(folded(Sample::waiting))));
        StringBuilder out = new StringBuilder(grid(List.of(0.0, most / 2, most), most, ConsoleCharts::number));
        lines.forEach(line -> out.append("<path class=\"" + line.style() + "\" d=\"")
                .append(ConsoleCharts.line(folded(line.value()), most, WIDTH, HEIGHT, LEFT, TOP))
                .append("\"/>"));
        return figure("Requests in flight and waiting", lines, out.toString());
    }

    /** The next of 1, 2, 5, 10, 20, … */
    private static double niceTop(double value) {
        double top = 1;
        while (top < value) {
            top *= String.valueOf((long) top).startsWith("2") ? 2.5 : 2;
        }
        return top;
    }

    private interface Label {
        String of(double value);
    }

    private String grid(List<Double> values, double most, Label label) {
        StringBuilder out = new StringBuilder();
        for (double value : values) {
            double y = TOP + 1 + (HEIGHT - 2) * (1 - value / most);
            out.append(String.format(
                    Locale.ROOT,
                    "<path class=\"grid\" d=\"M%d %.1fH%d\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT,
                    y,
                    LEFT + WIDTH,
                    LEFT - 6,
                    y + 4,
                    Html.text(label.of(value))));
        }
        List<String> marks = unit.marks();
        for (int i = 0; i < marks.size(); i++) {
            String anchor = i == 0 ? "start" : i == marks.size() - 1 ? "end" : "middle";
            out.append("<text x=\"" + (LEFT + WIDTH * i / (marks.size() - 1)) + "\" y=\"" + (TOP + HEIGHT + 16)
                    + "\" text-anchor=\"" + anchor + "\">" + marks.get(i) + "</text>");
        }
        return out.toString();
    }

    private String figure(String title, List<Line> lines, String drawn) {
        List<String> keys = new ArrayList<>();
        lines.forEach(
                line -> keys.add("<span class=\"key\"><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><path class=\""
                        + line.key()
                        + "\" d=\"M0 0h10v10H0z\"/></svg>" + line.name() + "</span>"));
        return "<figure><figcaption>" + Html.text(title) + " <span class=\"key\">" + unit.name() + "</span> "
                + String.join(" ", keys) + "</figcaption><svg class=\"chart\" viewBox=\"0 0 590 160\" role=\"img\""
                + " aria-label=\"" + Html.text(title + ", " + unit.name() + ": " + summary()) + "\">" + drawn
                + "</svg></figure>\n";
    }

    /** The charts as a text summary, which the table below them details. */
    String summary() {
        long requests = samples.stream().mapToLong(Sample::requests).sum();
        long errors = samples.stream().mapToLong(Sample::errors).sum();
        float slowest = (float) samples.stream().mapToDouble(Sample::p99).max().orElse(0);
        return ConsoleText.count(requests) + " requests, " + ConsoleText.count(errors) + " errors, highest p99 "
                + ConsoleText.millis(slowest);
    }

    /** The same as a table of ten rows. */
    String table() {
        ConsoleTable table = new ConsoleTable(
                "The last " + unit.name() + " in ten parts, oldest first",
                ConsoleTable.Column.word("Part"),
                ConsoleTable.Column.number("Requests"),
                ConsoleTable.Column.number("Errors"),
                ConsoleTable.Column.number("Highest p99"),
                ConsoleTable.Column.number("Most in flight"));
        int each = span / 10;
        for (int i = 0; i < 10; i++) {
            int to = Math.max(0, samples.size() - (9 - i) * each);
            List<Sample> part = samples.subList(Math.max(0, to - each), to);
            table.row(
                    id + i,
                    "",
                    Integer.toString(i + 1),
                    ConsoleText.count(part.stream().mapToLong(Sample::requests).sum()),
                    ConsoleText.count(part.stream().mapToLong(Sample::errors).sum()),
                    ConsoleText.millis(
                            (float) part.stream().mapToDouble(Sample::p99).max().orElse(0)),
                    ConsoleText.count(
                            part.stream().mapToLong(Sample::busy).max().orElse(0)));
        }
        return "<details><summary>As a table</summary>" + table + "</details>";
    }
}
