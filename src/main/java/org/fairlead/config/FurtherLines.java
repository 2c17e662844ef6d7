package org.fairlead.config;

import java.util.List;
import java.util.stream.Collectors;
import org.fairlead.model.Source;

/** The further lines that a message applies to: it is reported once, at its first line, and names the others. */
final class FurtherLines {
    private FurtherLines() {}

    /**
     * Returns what is added to the message; empty without further lines.
     *
     * @param first the line at which the message stands: the others name their file only if it is another one
     * @param most how many are named; the rest is counted
     */
    static String of(Source first, List<Source> more, int most) {
        if (more.isEmpty()) {
            return "";
        }
        String lines = more.stream()
                .limit(most)
                .map(s -> s.file().equals(first.file()) ? Integer.toString(s.line()) : s.toString())
                .collect(Collectors.joining(", "));
        int rest = more.size() - most;
        return " (also line" + (more.size() > 1 ? "s " : " ") + lines + (rest > 0 ? " and " + rest + " more" : "")
                + ")";
    }
}
