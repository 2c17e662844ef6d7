package org.fairlead.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.fairlead.model.RewriteMap;

/** Reads {@code RewriteMap}. */
final class RewriteMapReader {
    private static final Set<String> FUNCTIONS = Set.of("tolower", "toupper", "escape", "unescape");

    private RewriteMapReader() {}

    static Optional<RewriteMap> read(Entry line, Reading reading) {
        String written = line.text("source");
        int colon = written.indexOf(':');
        String type = colon < 0 ? "" : written.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = written.substring(colon + 1);
        Problems problems = reading.problems();
        String name = line.text("name");
        if (name.isEmpty() || name.indexOf(':') >= 0) {
            problems.badValue(line.source(), "RewriteMap", Quoted.of(name), "a name without a colon");
            return Optional.empty();
        }
        switch (type) {
            case "int" -> {
                if (FUNCTIONS.contains(rest)) {
                    return Optional.of(new RewriteMap(RewriteMap.Kind.INT, rest));
                }
                problems.badValue(
                        line.source(), "RewriteMap", Quoted.of(written), "int:tolower, toupper, escape or unescape");
            }
            case "txt", "rnd" -> {
                Path file = reading.path(rest).toAbsolutePath();
                if (Files.isRegularFile(file) && Files.isReadable(file)) {
                    RewriteMap.Kind kind = type.equals("txt") ? RewriteMap.Kind.TXT : RewriteMap.Kind.RND;
                    return Optional.of(new RewriteMap(kind, file.toString()));
                }
                problems.badValue(line.source(), "RewriteMap", Quoted.of(written), "a file that can be read");
            }
            default ->
                problems.badValue(
                        line.source(),
                        "RewriteMap",
                        Quoted.of(written),
                        "txt:FILE, rnd:FILE or int:FUNCTION; programs and databases are not asked, httxt2dbm's source is"
                                + " such a text");
        }
        return Optional.empty();
    }
}
