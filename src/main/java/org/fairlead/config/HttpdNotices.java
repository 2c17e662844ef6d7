package org.fairlead.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fairlead.model.Source;

/**
 * Notices of differences that are no errors, one for all lines of the same kind: an httpd configuration has dozens of
 * {@code LoadModule}. Not thread-safe.
 */
final class HttpdNotices {
    private static final int MAX_LINES_NAMED = 5;

    private final Map<Key, List<Source>> said = new LinkedHashMap<>();

    /** What stands in nearly every httpd configuration and needs no step of the operator. */
    private static final Set<String> EVERYWHERE = Set.of(
            "AddCharset",
            "AddLanguage",
            "DocumentRoot",
            "ErrorLog",
            "ErrorLogFormat",
            "ExtendedStatus",
            "HostnameLookups",
            "LoadModule",
            "LogLevel",
            "ServerAdmin",
            "ServerSignature",
            "TypesConfig");

    private static final Set<String> REASONS = Set.of(
            "Fairlead serves no files",
            "there is nothing here that it could set",
            "the service manager keeps track of the process",
            "the system's own setting holds",
            "there is nothing here that needs it");

    private final Map<String, Source> needless = new LinkedHashMap<>();

    private record Key(Problem.Severity severity, String text) {}

    void add(Problem.Severity severity, Source source, String text) {
        said.computeIfAbsent(new Key(severity, text), k -> new ArrayList<>()).add(source);
    }

    /**
     * Adds the table's notice for a directive; notices that need no action share one line.
     *
     * @param text the directive's, or that of its harmless arguments
     */
    void add(Problem.Severity severity, Source source, Directive directive, String text) {
        if (EVERYWHERE.contains(directive.name()) || REASONS.contains(text)) {
            needless.putIfAbsent(directive.name(), source);
        } else {
            add(severity, source, directive.name() + ": " + text);
        }
    }

    private void tellNeedless(Problems problems) {
        if (!needless.isEmpty()) {
            problems.noEffect(
                    needless.values().iterator().next(),
                    "nothing to do about " + String.join(", ", needless.keySet())
                            + ": Fairlead serves no files, loads no modules, and logs as its container does (the jar: to"
                            + " standard error)");
        }
        needless.clear();
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
        tellNeedless(problems);
    }
}
