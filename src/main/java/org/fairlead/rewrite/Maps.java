package org.fairlead.rewrite;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.fairlead.model.RewriteMap;

/** The maps of one host ({@code RewriteMap}). Thread-safe. */
final class Maps {
    private final Map<String, Lookup> lookups = new HashMap<>();

    /** One map. */
    private interface Lookup {
        Optional<String> find(String key);
    }

    Maps(Map<String, RewriteMap> maps, LongSupplier nanoTime) {
        maps.forEach((name, map) -> lookups.put(name, lookup(map, nanoTime)));
    }

    /** The value; empty if there is no such map, or no such key in it. */
    Optional<String> find(String map, String key) {
        Lookup lookup = lookups.get(map);
        return lookup == null ? Optional.empty() : lookup.find(key);
    }

    private static Lookup lookup(RewriteMap map, LongSupplier nanoTime) {
        return switch (map.kind()) {
            case INT -> key -> Optional.of(function(map.source(), key));
            case TXT -> new MapFile(Path.of(map.source()), nanoTime)::find;
            case RND -> {
                MapFile file = new MapFile(Path.of(map.source()), nanoTime);
                yield key -> file.find(key).map(Maps::draw);
            }
        };
    }

    private static String function(String name, String key) {
        return switch (name) {
            case "toupper" -> upper(key);
            case "tolower" -> lower(key);
            case "escape" -> UriText.escape(key);
            case "unescape" -> UriText.unescape(key);
            default -> throw new IllegalArgumentException("RewriteMap int:" + name);
        };
    }

    private static String draw(String value) {
        String[] parts = value.split("\\|", -1);
        return parts[ThreadLocalRandom.current().nextInt(parts.length)];
    }

    /** ASCII letters only: a char beyond ASCII is a byte of some other encoding. */
    static String lower(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            out.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return out.toString();
    }

    private static String upper(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            out.setCharAt(i, c >= 'a' && c <= 'z' ? (char) (c - 32) : c);
        }
        return out.toString();
    }
}
