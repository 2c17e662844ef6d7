package org.fairlead.model;

/** A word that no message, log or page may show. */
public record Secret(String value) {
    /** Not the value. */
    @Override
    public String toString() {
        return "***";
    }
}
