package org.fairlead.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.fairlead.tls.PemException;

/**
 * Reads directives that name PEM files or folders of them, and reports what is wrong with these at the directive.
 *
 * @param values of the host and, below them, those that it inherits
 */
record PemPaths(Values values, Reading reading) {
    /** Reads something of a path, to see whether it can be read. */
    interface Look {
        Object at() throws PemException;
    }

    /**
     * Returns the path of a directive; empty if the directive is absent.
     *
     * @param problems returns what is expected instead of the path's content; empty = it can be used
     */
    Optional<Path> path(String key, Function<Path, List<String>> problems) {
        Optional<Path> path = values.entry(key).map(e -> reading.path(e.value()));
        path.ifPresent(at -> problems.apply(at).forEach(expected -> tell(key, expected)));
        return path;
    }

    /** Reports a directive's value as wrong. */
    void tell(String key, String expected) {
        values.entry(key).ifPresent(e -> values.bad(e, expected));
    }

    static List<String> problems(Look look) {
        try {
            look.at();
            return List.of();
        } catch (PemException expected) {
            return List.of(expected.getMessage());
        }
    }
}
