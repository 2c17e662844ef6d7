package org.fairlead.config;

import org.fairlead.model.Source;

/**
 * Something in a configuration that its operator has to know.
 *
 * @param severity whether it stops the start
 * @param source where it was said
 * @param text the key, the value, and what is allowed or what to do
 */
public record Problem(Severity severity, Source source, String text) {
    /** What follows from a problem. */
    public enum Severity {
        /** The configuration is refused. */
        ERROR,
        /** It runs, but not as httpd would run it. */
        DIFFERENCE,
        /** It runs; this line does nothing here. */
        NO_EFFECT
    }

    @Override
    public String toString() {
        return source + ": " + text;
    }
}
