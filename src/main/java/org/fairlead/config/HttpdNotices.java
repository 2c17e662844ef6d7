package org.fairlead.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairlead.model.Source;

/**
 * What is worth a notice but no error, told once for lines that say the same: an httpd configuration has dozens of
 * {@code LoadModule}. Not thread-safe.
 */
final class HttpdNotices {
    private static final int MAX_LINES_NAMED = 5;

    private final Map<Key, List<Source>> said = new LinkedHashMap<>();

    private record Key(Problem.Severity severity, String text) {}

    void add(Problem.Severity severity, Source source, String text) {
        said.computeIfAbsent(new Key(severity, text), k -> new ArrayList<>()).add(source);
    }

    /** Tells them all: each at its first line, the further lines in its text. */
    void tell(Problems problems) {
        said.forEach((key, sources) -> {
            Source first = sources.get(0);
            String text = key.text() + FurtherLines.of(first, sources.subList(1, sources.size()), MAX_LINES_NAMED);
            if (key.severity() == Problem.Severity.DIFFERENCE) {
                problems.difference(first, text);
            } else {
                problems.noEffect(first, text);
            }
        });
        said.clear();
    }
}
