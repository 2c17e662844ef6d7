package org.fairlead.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.fairlead.model.DeflateConfig;
import org.fairlead.model.DeflateConfig.Etags;
import org.fairlead.model.DeflateConfig.Notes;
import org.fairlead.model.OutputFilters;
import org.fairlead.model.OutputFilters.Name;

/** Reads the directives that choose body filters, and mod_deflate's. */
final class OutputFiltersReader {
    private static final Pattern MEDIA_TYPE = Pattern.compile("[!-~&&[^;,]]+/[!-~&&[^;,]]+");
    private static final Pattern EXTENSION = Pattern.compile("[.]?[!-~&&[^/]]+");
    private static final String NAMES = "DEFLATE, INFLATE or SUBSTITUTE; several are joined by ;";
    private static final String BREACH =
            "DEFLATE: a compressed page tells by its length what it holds, if it repeats text of the request (BREACH),"
                    + " as in httpd; SetEnv no-gzip 1 leaves pages with secrets uncompressed";

    private final Problems problems;
    private final SubstituteReader substitutes;

    OutputFiltersReader(Problems problems) {
        this.problems = problems;
        this.substitutes = new SubstituteReader(problems);
    }

    /** What a server or section says itself. */
    OutputFilters read(Entry scope) {
        Values values = Values.in(scope, problems);
        Optional<List<Name>> set = values.entry("setoutputfilter").map(this::set);
        OutputFilters filters = new OutputFilters(
                set, byType(scope), byExtension(scope), deflate(scope, values), substitutes.read(scope, values));
        return filters.equals(OutputFilters.NONE) ? OutputFilters.NONE : filters;
    }

    private List<Name> set(Entry line) {
        return line.value().strip().equalsIgnoreCase("none") ? List.of() : names(line, line, line.value());
    }

    private Map<Name, Set<String>> byType(Entry scope) {
        Map<Name, Set<String>> types = new LinkedHashMap<>();
        for (Entry line : scope.all("addoutputfilterbytype")) {
            Set<String> read = words(line, "type", MEDIA_TYPE, "a media type such as text/html");
            names(line, line.last("filter").orElse(line), line.text("filter"))
                    .forEach(name -> types.computeIfAbsent(name, n -> new LinkedHashSet<>())
                            .addAll(read));
        }
        // A filter without a readable type would be one for every type; the type was reported.
        types.values().removeIf(Set::isEmpty);
        return types;
    }

    private Map<String, List<Name>> byExtension(Entry scope) {
        Map<String, List<Name>> extensions = new HashMap<>();
        for (Entry line : scope.entries()) {
            if (line.name().equals("addoutputfilter")) {
                List<Name> names = names(line, line.last("filter").orElse(line), line.text("filter"));
                words(line, "extension", EXTENSION, "an extension such as html")
                        .forEach(word -> extensions.put(withoutDot(word), names));
            } else if (line.name().equals("removeoutputfilter")) {
                extensions.put(withoutDot(line.value().strip().toLowerCase(Locale.ROOT)), List.of());
            }
        }
        return extensions;
    }

    private static String withoutDot(String extension) {
        return extension.startsWith(".") ? extension.substring(1) : extension;
    }

    private Set<String> words(Entry line, String key, Pattern form, String expected) {
        Set<String> words = new LinkedHashSet<>();
        for (Entry word : line.all(key)) {
            String text = word.value().strip();
            if (form.matcher(text).matches()) {
                words.add(text.toLowerCase(Locale.ROOT));
            } else {
                problems.badValue(line.source(), line.spelling(), Quoted.of(text), expected);
            }
        }
        if (line.all(key).isEmpty()) {
            problems.badValue(line.source(), line.spelling(), "", expected);
        }
        return words;
    }

    private List<Name> names(Entry line, Entry value, String text) {
        List<Name> names = new ArrayList<>();
        for (String word : text.strip().split("\\s*;\\s*", -1)) {
            Optional<Name> known = Name.of(word);
            if (word.equalsIgnoreCase("BROTLI_COMPRESS")) {
                problems.difference(
                        line.source(),
                        line.spelling() + ": BROTLI_COMPRESS compresses with gzip, like DEFLATE; Java has no brotli of"
                                + " its own");
                known = Optional.of(Name.DEFLATE);
            } else if (word.equalsIgnoreCase("INCLUDES")) {
                problems.difference(
                        line.source(),
                        line.spelling() + ": INCLUDES does nothing; the members' pages are passed on as they are");
                continue;
            }
            if (known.isEmpty()) {
                problems.badValue(value.source(), line.spelling(), Quoted.of(word), NAMES);
            }
            known.ifPresent(names::add);
        }
        if (names.contains(Name.DEFLATE)) {
            problems.difference(line.source(), BREACH);
        }
        return names;
    }

    private DeflateConfig deflate(Entry scope, Values values) {
        Optional<Integer> level = Optional.empty();
        if (values.has("deflatecompressionlevel")) {
            int read = values.integer("deflatecompressionlevel", 1, 9, 0);
            level = read == 0 ? Optional.empty() : Optional.of(read);
        }
        Notes notes = Notes.NONE;
        for (Entry line : scope.all("deflatefilternote")) {
            Optional<String> name = Optional.of(line.text("note").strip()).filter(text -> !text.isEmpty());
            String type = line.has("type") ? line.text("type").strip().toLowerCase(Locale.ROOT) : "ratio";
            switch (type) {
                case "input" -> notes = new Notes(name, notes.output(), notes.ratio());
                case "output" -> notes = new Notes(notes.input(), name, notes.ratio());
                case "ratio" -> notes = new Notes(notes.input(), notes.output(), name);
                default -> problems.badValue(line.source(), line.spelling(), Quoted.of(type), "Input, Output or Ratio");
            }
        }
        return new DeflateConfig(level, values.word("deflatealteretag", Etags.class), notes);
    }
}
