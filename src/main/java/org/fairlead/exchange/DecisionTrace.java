package org.fairlead.exchange;

/**
 * Port: takes down why one request is decided as it is, for an operator who asks. Rules ask {@link #isOn} before they make
 * a text, so a request without a trace pays for one comparison. Used by the exchange's thread.
 */
public interface DecisionTrace {
    /** Takes nothing down. */
    DecisionTrace NONE = new DecisionTrace() {};

    /** Whether lines are taken down; false = a call of the other methods has no effect. */
    default boolean isOn() {
        return false;
    }

    /** Says which phase the lines from here on belong to. */
    default void phase(String name) {}

    /**
     * Takes down one line.
     *
     * @param source where the rule stands, printed as {@code FILE:LINE}; the host's own place where no line says it
     * @param said what matched and what it changed, in one sentence without an end
     */
    default void say(Object source, String said) {}
}
