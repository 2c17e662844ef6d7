package org.fairlead.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The body filters of responses.
 *
 * @param set {@code SetOutputFilter}; an empty list = {@code NONE}, which overrides an outer section's
 * @param byType {@code AddOutputFilterByType}: the media types of each filter, in lower case, in the order of the lines
 * @param byExtension {@code AddOutputFilter}: the filters by an extension of the path, in lower case; an empty list =
 *     {@code RemoveOutputFilter}
 * @param deflate mod_deflate's other directives
 * @param substitute mod_substitute's
 */
public record OutputFilters(
        Optional<List<Name>> set,
        Map<Name, Set<String>> byType,
        Map<String, List<Name>> byExtension,
        DeflateConfig deflate,
        SubstituteConfig substitute) {
    /** No filters, and no directives about them. */
    public static final OutputFilters NONE =
            new OutputFilters(Optional.empty(), Map.of(), Map.of(), DeflateConfig.NONE, SubstituteConfig.NONE);

    public OutputFilters {
        set = set.map(List::copyOf);
        byType = Collections.unmodifiableMap(new LinkedHashMap<>(byType));
        byExtension = Map.copyOf(byExtension);
    }

    /** A filter, by httpd's name; the order of the constants is the order in which filters run. */
    public enum Name {
        /** Undoes gzip and deflate. */
        INFLATE("INFLATE"),
        /** Replaces texts in lines. */
        SUBSTITUTE("SUBSTITUTE"),
        /** Compresses with gzip. */
        DEFLATE("DEFLATE");

        private final String word;

        Name(String word) {
            this.word = word;
        }

        /** The name in directives. */
        public String word() {
            return word;
        }

        /** The filter of that name, in any case; empty = none. */
        public static Optional<Name> of(String word) {
            for (Name name : values()) {
                if (name.word.equalsIgnoreCase(word)) {
                    return Optional.of(name);
                }
            }
            return Optional.empty();
        }
    }

    /** Whether no filter is named at all. */
    public boolean isEmpty() {
        return set.map(List::isEmpty).orElse(true) && byType.isEmpty() && byExtension.isEmpty();
    }

    /** The filters for the extensions of a path's last segment, in the order of the extensions. */
    public List<Name> forPath(String path) {
        if (byExtension.isEmpty()) {
            return List.of();
        }
        String[] parts = path.substring(path.lastIndexOf('/') + 1).split("\\.");
        Set<Name> found = new LinkedHashSet<>();
        for (int i = 1; i < parts.length; i++) {
            found.addAll(byExtension.getOrDefault(parts[i].toLowerCase(Locale.ROOT), List.of()));
        }
        return new ArrayList<>(found);
    }

    /** Returns this with a section's put over it: as in httpd, the types of a filter are replaced, not added to. */
    OutputFilters merge(OutputFilters over) {
        if (over == NONE || over.equals(NONE)) {
            return this;
        }
        Map<Name, Set<String>> types = new LinkedHashMap<>(byType);
        types.putAll(over.byType);
        Map<String, List<Name>> extensions = new HashMap<>(byExtension);
        extensions.putAll(over.byExtension);
        return new OutputFilters(
                over.set.or(() -> set),
                types,
                extensions,
                deflate.merge(over.deflate),
                substitute.merge(over.substitute));
    }
}
