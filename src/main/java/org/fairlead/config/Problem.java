package org.fairlead.config;

import org.fairlead.model.Source;

/**
 * An error or notice about a configuration, for its operator.
 *
 * @param severity whether it prevents the start
 * @param source the file and line
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
