package org.fairlead.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
 * The one table of httpd's directives and of what becomes of each here, kept in {@code directives.tsv}; messages and the
 * manual's table both come from it. Immutable.
 */
final class Directives {
    /** What finds a request's member, and the way back; for {@code <If>} it is too late. */
    private static final Pattern MAPPING = Pattern.compile("ProxyPass(Match|Reverse.*)?|ProxySet|BalancerMember");

    /** The whole table. */
    static final Directives ALL = new Directives(rows("directives.tsv", 10));

    private final List<Directive> inOrder;
    private final Map<String, Directive> byKey = new LinkedHashMap<>();
    private final Map<String, Directive> byPrefix = new TreeMap<>();

    private Directives(List<String[]> rows) {
        inOrder = rows.stream().map(Directives::directive).toList();
        for (Directive d : inOrder) {
            boolean prefix = d.key().endsWith("*");
            String key = prefix ? d.key().substring(0, d.key().length() - 1) : d.key();
            if ((prefix ? byPrefix : byKey).put(key, d) != null) {
                throw new IllegalStateException("directives.tsv names " + d.name() + " twice");
            }
        }
    }

    /** Every row, in the table's order. */
    List<Directive> all() {
        return inOrder;
    }

    /**
     * Finds a directive. One that a row with a star stands for gets its own name, as written.
     *
     * @param name as written in a line, in any case; a section as {@code <Location}, without the closing bracket
     */
    Optional<Directive> find(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(byKey.get(key))
                .or(() -> byPrefix.entrySet().stream()
                        .filter(e -> key.startsWith(e.getKey()))
                        .map(e -> e.getValue().named(Excerpt.of(name)))
                        .findFirst());
    }

    /** Returns the name that was probably meant, as httpd spells it; empty where none is near. */
    Optional<String> nearest(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return Nearest.of(key, byKey.keySet()).map(byKey::get).map(Directive::name);
    }

    /** Reads a table beside this class: a line for a row, tabs between columns, # for comments. */
    static List<String[]> rows(String resource, int columns) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Directives.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
            return in.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> row(resource, line, columns))
                    .toList();
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

    private static Directive directive(String[] cell) {
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
