package org.fairlead.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The table of httpd's directives and of their support here, kept in {@code directives.tsv}; messages and the manual's
 * table are both generated from it. Immutable.
 */
final class Directives {
    /** What finds a request's member, and the way back; for {@code <If>} it is too late. */
    private static final Pattern MAPPING = Pattern.compile("ProxyPass(Match|Reverse.*)?|ProxySet|BalancerMember");

    private static final String RESOURCE = "directives.tsv";

    /** The whole table. */
    static final Directives ALL = new Directives(lines(RESOURCE));

    private static final int COLUMNS = 10;

    /** Lines by directive, parsed on first use: a configuration uses a few of the 800. */
    private final Map<String, String> byKey = new LinkedHashMap<>();

    private final Map<String, String> byPrefix = new TreeMap<>();
    private final List<String> lines;

    private Directives(List<String> lines) {
        this.lines = lines;
        for (String line : lines) {
            String key = Directive.key(line.substring(0, line.indexOf('\t')));
            boolean prefix = key.endsWith("*");
            if ((prefix ? byPrefix : byKey).put(prefix ? key.substring(0, key.length() - 1) : key, line) != null) {
                throw new IllegalStateException(RESOURCE + " names " + key + " twice");
            }
        }
    }

    /** Every row, in the table's order. */
    List<Directive> all() {
        return lines.stream().map(Directives::directive).toList();
    }

    /**
     * Finds a directive. One that a row with a star stands for gets its own name, as written.
     *
     * @param name as written in a line, in any case; a section as {@code <Location}, without the closing bracket
     */
    Optional<Directive> find(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(byKey.get(key))
                .map(Directives::directive)
                .or(() -> byPrefix.entrySet().stream()
                        .filter(e -> key.startsWith(e.getKey()))
                        .max(Comparator.comparingInt(e -> e.getKey().length()))
                        .map(e -> directive(e.getValue()).named(Quoted.of(name))));
    }

    /** Returns the name that was probably meant, as httpd spells it; empty where none is near. */
    Optional<String> nearest(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        List<String> sameKind = byKey.keySet().stream()
                .filter(k -> k.startsWith("<") == key.startsWith("<"))
                .toList();
        return DidYouMean.of(key, sameKind)
                .map(byKey::get)
                .map(Directives::directive)
                .map(Directive::name);
    }

    /** Reads a table beside this class: a line for a row, tabs between columns, # for comments. */
    static List<String[]> rows(String resource, int columns) {
        return lines(resource).stream()
                .map(line -> row(resource, line, columns))
                .toList();
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(Directives.class.getResourceAsStream(resource), resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String> lines = new ArrayList<>();
            for (int start = 0, end; start < text.length(); start = end + 1) {
                end = text.indexOf('\n', start);
                end = end < 0 ? text.length() : end;
                if (end > start && text.charAt(start) != '#') {
                    lines.add(text.substring(start, end));
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] row(String resource, String line, int columns) {
        String[] cells = line.split("\t", -1);
        if (cells.length != columns) {
            throw new IllegalStateException(resource + ": '" + line + "' (expected: " + columns + " columns)");
        }
        return cells;
    }

    private static Directive directive(String line) {
        String[] cell = row(RESOURCE, line, COLUMNS);
        return new Directive(
                cell[0],
                cell[1],
                places(cell[0], cell[2]),
                Directive.Shape.valueOf(constant(cell[3])),
                cell[4].isEmpty() ? nodeName(cell[0]) : cell[4],
                Directive.Standing.valueOf(constant(cell[5])),
                cell[6],
                cell[7],
                Optional.of(cell[8]).filter(s -> !s.isEmpty()).map(Pattern::compile),
                cell[9]);
    }

    private static String nodeName(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[<>*]", "");
    }

    private static Set<Directive.Place> places(String name, String words) {
        Set<Directive.Place> places = EnumSet.noneOf(Directive.Place.class);
        for (String word : words.split(" ")) {
            places.add(Directive.Place.valueOf(constant(word)));
        }
        if (places.contains(Directive.Place.LOCATION) && !MAPPING.matcher(name).matches()) {
            places.add(Directive.Place.CHOICE);
        }
        return places;
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
