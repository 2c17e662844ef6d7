package org.fairlead.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fairlead.model.Source;

/** Collects what is wrong with a configuration, so that all of it is told at once. Not thread-safe. */
final class Problems {
    private final List<Problem> all = new ArrayList<>();
    private final Set<Source> settled = new HashSet<>();
    private int errorCount;

    /** A value that is not allowed: {@code FILE:LINE: key 'value' (expected: …)}. */
    void badValue(Source source, String key, String value, String expected) {
        error(source, key + " '" + value + "' (expected: " + expected + ")");
    }

    void error(Source source, String text) {
        if (!settled.contains(source)) {
            errorCount++;
            all.add(new Problem(Problem.Severity.ERROR, source, text));
        }
    }

    /** A mistake that makes others of the same line: only this one is told from now on. */
    void settle(Source source, String text) {
        error(source, text);
        if (source.line() > 0) {
            settled.add(source);
        }
    }

    void difference(Source source, String text) {
        all.add(new Problem(Problem.Severity.DIFFERENCE, source, text));
    }

    void noEffect(Source source, String text) {
        all.add(new Problem(Problem.Severity.NO_EFFECT, source, text));
    }

    int errorCount() {
        return errorCount;
    }

    List<Problem> errors() {
        return all.stream().filter(p -> p.severity() == Problem.Severity.ERROR).toList();
    }

    /** Everything, each file's in the order of its lines, the files in the order in which they were first complained of. */
    List<Problem> inOrderOfLines() {
        List<String> files = all.stream().map(p -> p.source().file()).distinct().toList();
        return all.stream()
                .sorted(Comparator.<Problem>comparingInt(
                                p -> files.indexOf(p.source().file()))
                        .thenComparingInt(p -> p.source().line()))
                .distinct()
                .toList();
    }

    /** Everything, in the order in which it was found. */
    List<Problem> all() {
        return List.copyOf(all);
    }
}
