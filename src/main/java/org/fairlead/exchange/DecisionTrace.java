package org.fairlead.exchange;

/**
 * Port: records why one request is decided as it is, when an operator asks for it. Rules check {@link #isOn} before
 * they format a text, so a request without a trace pays for one comparison. Used by the exchange's thread.
 */
public interface DecisionTrace {
    /** Records nothing. */
    DecisionTrace NONE = new DecisionTrace() {};

    /** Whether lines are recorded; false = a call of the other methods has no effect. */
    default boolean isOn() {
        return false;
    }

    /** Sets the phase that the following lines belong to. */
    default void phase(String name) {}

    /**
     * Records one line.
     *
     * @param source where the rule stands, printed as {@code FILE:LINE}; the host's own place where no line says it
     * @param said what matched and what it changed, in one sentence without an end
     */
    default void say(Object source, String said) {}
}
