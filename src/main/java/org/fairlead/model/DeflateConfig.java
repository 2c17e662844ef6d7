package org.fairlead.model;

import java.util.Optional;

/**
 * mod_deflate's directives, apart from those that choose its filters.
 *
 * @param level {@code DeflateCompressionLevel}, 1 (fast) to 9 (small); empty = zlib's default
 * @param etags {@code DeflateAlterETag}
 * @param notes {@code DeflateFilterNote}
 */
public record DeflateConfig(Optional<Integer> level, Optional<Etags> etags, Notes notes) {
    /** No directives. */
    public static final DeflateConfig NONE = new DeflateConfig(Optional.empty(), Optional.empty(), Notes.NONE);

    /** What becomes of the {@code ETag} of a body that is compressed or inflated. */
    public enum Etags {
        /** {@code -gzip} or {@code -gunzip} is put before its closing quote; the default. */
        ADDSUFFIX,
        NOCHANGE,
        REMOVE
    }

    /**
     * The variables that a log reads with {@code %{NAME}n}.
     *
     * @param input gets the bytes before compression
     * @param output gets the bytes after it
     * @param ratio gets the bytes after it in percent of those before
     */
    public record Notes(Optional<String> input, Optional<String> output, Optional<String> ratio) {
        /** No variables. */
        public static final Notes NONE = new Notes(Optional.empty(), Optional.empty(), Optional.empty());

        Notes merge(Notes over) {
            return new Notes(over.input.or(() -> input), over.output.or(() -> output), over.ratio.or(() -> ratio));
        }
    }

    public Etags alters() {
        return etags.orElse(Etags.ADDSUFFIX);
    }

    DeflateConfig merge(DeflateConfig over) {
        return new DeflateConfig(over.level.or(() -> level), over.etags.or(() -> etags), notes.merge(over.notes));
    }
}
