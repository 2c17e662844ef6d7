package org.fairlead.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.fairlead.admin.ConsoleSeries.Sample;

/** Line and area charts over time as inline SVG, styled by the style sheet: readable without script, and printable. */
final class ConsoleCharts {
    private static final int SPARK_POINTS = 100;
    private static final int SPARK_WIDTH = 100;
    private static final int SPARK_HEIGHT = 24;

    private ConsoleCharts() {}

    /** Requests per second of ten minutes, and errors below them. @param what the text for screen readers */
    static String sparkline(List<Sample> samples, String what) {
        return sparkline(samples, what, sample -> sample.requests() / (double) sample.seconds(), true);
    }

    /** One value over ten minutes. */
    static String sparkline(List<Sample> samples, String what, ToDoubleFunction<Sample> value) {
        return sparkline(samples, what, value, false);
    }

    private static String sparkline(List<Sample> samples, String what, ToDoubleFunction<Sample> value, boolean errors) {
        double[] points = folded(samples, value, SPARK_POINTS, ConsoleSeries.SECONDS);
        double[] failed = folded(
                samples, sample -> sample.errors() / (double) sample.seconds(), SPARK_POINTS, ConsoleSeries.SECONDS);
        double most = Math.max(1e-9, max(points));
        String line = line(points, most, SPARK_WIDTH, SPARK_HEIGHT, 0, 0);
        StringBuilder out = new StringBuilder("<svg class=\"spark\" viewBox=\"0 0 100 24\" preserveAspectRatio=\"none\""
                + " role=\"img\" aria-label=\"" + Html.text(what) + "\">");
        if (!line.isEmpty()) {
            out.append("<path class=\"f\" d=\"" + area(points, new double[points.length], most) + "\"/>")
                    .append("<path class=\"l\" d=\"" + line + "\"/>");
            if (errors && max(failed) > 0) {
                out.append("<path class=\"e\" d=\"" + line(failed, most, SPARK_WIDTH, SPARK_HEIGHT, 0, 0) + "\"/>");
            }
        }
        return out.append("</svg>").toString();
    }

    private static String area(double[] upper, double[] lower, double most) {
        return area(upper, lower, most, SPARK_WIDTH, SPARK_HEIGHT, 0, 0);
    }

    /**
     * Averages samples into points that fill the width from the right; points before the first sample are NaN.
     *
     * @param span how many samples the whole width stands for
     */
    static double[] folded(List<Sample> samples, ToDoubleFunction<Sample> value, int points, int span) {
        double[] folded = new double[points];
        int each = span / points;
        for (int i = 0; i < points; i++) {
            int to = samples.size() - (points - 1 - i) * each;
            int from = Math.max(0, to - each);
            folded[i] = to <= 0
                    ? Double.NaN
                    : samples.subList(from, to).stream()
                            .mapToDouble(value)
                            .average()
                            .orElse(Double.NaN);
        }
        return folded;
    }

    static double max(double[] values) {
        double most = 0;
        for (double value : values) {
            if (value > most) {
                most = value;
            }
        }
        return most;
    }

    /** A path through the points that are not NaN, which stand at its end, if they stand anywhere. */
    static String line(double[] values, double most, double width, double height, double left, double top) {
        StringBuilder path = new StringBuilder();
        boolean open = false;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                open = false;
                continue;
            }
            path.append(open ? 'L' : 'M')
                    .append(x(i, values.length, width, left))
                    .append(' ')
                    .append(y(values[i], most, height, top));
            open = true;
        }
        return path.toString();
    }

    static String area(
            double[] upper, double[] lower, double most, double width, double height, double left, double top) {
        List<String> there = new ArrayList<>();
        List<String> back = new ArrayList<>();
        for (int i = 0; i < upper.length; i++) {
            if (!Double.isNaN(upper[i])) {
                String x = x(i, upper.length, width, left) + " ";
                there.add(x + y(upper[i], most, height, top));
                back.add(0, x + y(lower[i], most, height, top));
            }
        }
        return there.isEmpty()
                ? ""
                : "M"
                        + String.join(
                                "L",
                                Stream.concat(there.stream(), back.stream()).toList()) + "Z";
    }

    private static String x(int index, int count, double width, double left) {
        return number(left + width * index / (count - 1));
    }

    private static String y(double value, double most, double height, double top) {
        // A line at the very edge would be cut to half its width.
        return number(top + 1 + (height - 2) * (1 - Math.min(1, value / most)));
    }

    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
