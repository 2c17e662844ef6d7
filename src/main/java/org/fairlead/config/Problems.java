package org.fairlead.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.fairlead.model.Source;

/**
 * Collects the problems of a configuration, so that all are reported at once, and each cause once, with all its lines.
 * No text contains a password. Not thread-safe.
 */
final class Problems {
    /** An explanation of this many characters is a cause: the values that it explains are not reported one by one. */
    private static final int MIN_CAUSE_CHARS = 60;

    private static final int MAX_LINES_NAMED = 40;
    private static final Pattern URL = Pattern.compile("[a-z0-9+]+://[^\\s;)]*");

    private final List<Told> all = new ArrayList<>();
    private final Set<Source> settled = new HashSet<>();
    private int errorCount;

    /** @param cause what several problems have in common that are one to the operator */
    private record Told(Problem problem, String cause) {}

    private record Group(Problem.Severity severity, String cause) {}

    /** A value that is not allowed: {@code FILE:LINE: key 'value' (expected: …)}. */
    void badValue(Source source, String key, String value, String expected) {
        String text = key + " '" + value + "' (expected: " + expected + ")";
        String explanation = URL.matcher(expected).replaceAll("");
        error(source, text, explanation.length() < MIN_CAUSE_CHARS ? text : key + explanation);
    }

    void error(Source source, String text) {
        error(source, text, text);
    }

    /** @param cause errors with the same one are reported as one, with the text of the first */
    void error(Source source, String text, String cause) {
        if (!settled.contains(source)) {
            errorCount++;
            add(Problem.Severity.ERROR, source, text, cause);
        }
    }

    /** An error that causes others of the same line: only this one is reported from now on. */
    void settle(Source source, String text) {
        error(source, text);
        if (source.line() > 0) {
            settled.add(source);
        }
    }

    void difference(Source source, String text) {
        add(Problem.Severity.DIFFERENCE, source, text, text);
    }

    void noEffect(Source source, String text) {
        add(Problem.Severity.NO_EFFECT, source, text, text);
    }

    private void add(Problem.Severity severity, Source source, String text, String cause) {
        all.add(new Told(new Problem(severity, source, Secrets.masked(text)), cause));
    }

    int errorCount() {
        return errorCount;
    }

    List<Problem> errors() {
        return all().stream()
                .filter(p -> p.severity() == Problem.Severity.ERROR)
                .toList();
    }

    /**
     * Everything, each cause at its first line, each file's in the order of its lines, the files in the order in which
     * they were first complained of.
     */
    List<Problem> inOrderOfLines() {
        List<String> files =
                all.stream().map(t -> t.problem().source().file()).distinct().toList();
        Map<Group, List<Problem>> groups = new LinkedHashMap<>();
        all.stream()
                .sorted(Comparator.<Told>comparingInt(
                                t -> files.indexOf(t.problem().source().file()))
                        .thenComparingInt(t -> t.problem().source().line()))
                .forEach(t -> groups.computeIfAbsent(
                                new Group(t.problem().severity(), t.cause()), k -> new ArrayList<>())
                        .add(t.problem()));
        return groups.values().stream().map(Problems::merged).toList();
    }

    private static Problem merged(List<Problem> same) {
        Problem first = same.get(0);
        List<Source> more = same.stream()
                .map(Problem::source)
                .distinct()
                .filter(source -> !source.equals(first.source()))
                .toList();
        return new Problem(
                first.severity(),
                first.source(),
                first.text() + FurtherLines.of(first.source(), more, MAX_LINES_NAMED));
    }

    /** Everything, in the order in which it was found. */
    List<Problem> all() {
        return all.stream().map(Told::problem).toList();
    }
}
