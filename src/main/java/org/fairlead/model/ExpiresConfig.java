package org.fairlead.model;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long clients may keep a response (mod_expires), as one server or section says it.
 *
 * @param active {@code ExpiresActive}, default off
 * @param byDefault {@code ExpiresDefault}: for what no type says anything of
 * @param byType {@code ExpiresByType} by media type in lower case, without parameters; {@code text/*} stands for a
 *     whole top-level type
 * @param wildcards whether {@code byType} entries with a star count; as in httpd, a section that says anything of
 *     mod_expires must name one itself
 */
public record ExpiresConfig(
        Optional<Boolean> active, Optional<Expiry> byDefault, Map<String, Expiry> byType, boolean wildcards) {
    /** Says nothing. */
    public static final ExpiresConfig NONE = new ExpiresConfig(Optional.empty(), Optional.empty(), Map.of(), false);

    /** From when a lifetime counts. */
    public enum Base {
        /** The request. */
        ACCESS,
        /** The last modification of the file that is sent. A proxied response has none, so nothing is added. */
        MODIFICATION
    }

    /**
     * A lifetime.
     *
     * @param seconds may be negative, which is as good as 0
     */
    public record Expiry(Base base, long seconds) {}

    public ExpiresConfig {
        byType = Map.copyOf(byType);
    }

    /** Whether a response can be changed at all. */
    public boolean isActive() {
        return active.orElse(false);
    }

    /**
     * The lifetime of a media type; empty if nothing was said of it.
     *
     * @param type in lower case, without parameters; empty if the response has none
     */
    public Optional<Expiry> of(String type) {
        Optional<Expiry> named = Optional.ofNullable(byType.get(type));
        if (named.isEmpty() && wildcards && type.indexOf('/') >= 0) {
            named = Optional.ofNullable(byType.get(type.substring(0, type.indexOf('/')) + "/*"));
        }
        return named.or(() -> byDefault);
    }

    /** Returns this with what a section says put over it. */
    ExpiresConfig merge(ExpiresConfig over) {
        if (over.equals(NONE)) {
            return this;
        }
        Map<String, Expiry> types = new TreeMap<>(byType);
        types.putAll(over.byType);
        return new ExpiresConfig(
                over.active.or(() -> active), over.byDefault.or(() -> byDefault), types, over.wildcards);
    }
}
