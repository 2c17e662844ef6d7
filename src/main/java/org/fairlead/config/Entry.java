package org.fairlead.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.fairlead.model.Source;

/**
 * One node of the configuration tree as the readers of records see it: a directive or parameter, its text, and its
 * source. Immutable.
 *
 * <p>A look-up by name has constant cost for any number of lines: a file of ten thousand virtual hosts looks up the
 * main server's value for each of them.
 */
final class Entry {
    /** Attribute of a node: the file it came from, a String. */
    static final String FILE = "file";
    /** Attribute of a node: the line it came from, an Integer counted from 1. */
    static final String LINE = "line";

    /** Fewer entries than this are looked through one by one. */
    private static final int MIN_INDEXED = 8;

    private final ImmutableNode node;
    private final String section;
    private final Source source;
    private final List<Entry> entries;
    private final Map<String, List<Entry>> byName;

    private Entry(ImmutableNode node, String section, Source surrounding) {
        this.node = node;
        this.section = section;
        this.source = sourceOf(node, surrounding);
        this.entries = node.getChildren().stream()
                .map(child -> new Entry(child, name(), source))
                .toList();
        this.byName = entries.size() < MIN_INDEXED ? Map.of() : index(entries);
    }

    private static Map<String, List<Entry>> index(List<Entry> entries) {
        return entries.stream().collect(Collectors.groupingBy(Entry::name, LinkedHashMap::new, Collectors.toList()));
    }

    /** @param file what is named where a node itself does not say where it came from */
    static Entry root(ImmutableNode root, String file) {
        return new Entry(root, "", new Source(file, 0));
    }

    private static Source sourceOf(ImmutableNode node, Source surrounding) {
        Map<String, Object> attributes = node.getAttributes();
        if (!attributes.containsKey(LINE)) {
            return surrounding;
        }
        Object file = attributes.getOrDefault(FILE, surrounding.file());
        return new Source(file.toString(), (Integer) attributes.get(LINE));
    }

    /** The directive or parameter, in lower case; empty for the root. */
    String name() {
        return node.getNodeName() == null ? "" : node.getNodeName();
    }

    /** The name as httpd's manual writes it, for messages. */
    String spelling() {
        return Schema.spelling(section, name());
    }

    /** The section or directive that this is a part of, as httpd's manual writes it. */
    String parentSpelling() {
        return Schema.spelled(section);
    }

    /** The text; empty where there is none. */
    String value() {
        return node.getValue() == null ? "" : node.getValue().toString();
    }

    boolean hasValue() {
        return node.getValue() != null;
    }

    Source source() {
        return source;
    }

    /** What stands inside, in the order of the lines. */
    List<Entry> entries() {
        return entries;
    }

    /** Those with a name, in the order of the lines. */
    List<Entry> all(String name) {
        return byName.isEmpty()
                ? entries.stream().filter(e -> e.name().equals(name)).toList()
                : Collections.unmodifiableList(byName.getOrDefault(name, List.of()));
    }

    /** Those whose names fit, in the order of the lines. @param fits asked once for each name, not for each line */
    List<Entry> named(Predicate<String> fits) {
        if (byName.isEmpty()) {
            return entries.stream().filter(e -> fits.test(e.name())).toList();
        }
        Set<String> names = byName.keySet().stream().filter(fits).collect(Collectors.toSet());
        return switch (names.size()) {
            case 0 -> List.of();
            case 1 -> all(names.iterator().next());
            default -> entries.stream().filter(e -> names.contains(e.name())).toList();
        };
    }

    /** The one that counts where a directive is given several times: the last, as in httpd. */
    Optional<Entry> last(String name) {
        List<Entry> all = all(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The text of the last such entry; empty where there is none or it says nothing. */
    String text(String name) {
        return last(name).map(Entry::value).orElse("");
    }

    boolean has(String name) {
        return last(name).isPresent();
    }

    /** The URL of a member or section; native formats may write it as the entry's own value. */
    String url() {
        return has("url") ? text("url") : value();
    }

    @Override
    public String toString() {
        return source + ": " + name() + " '" + value() + "'";
    }
}
