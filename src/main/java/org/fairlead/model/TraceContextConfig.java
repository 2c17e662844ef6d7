package org.fairlead.model;

/**
 * {@code TraceContext}: what becomes of W3C's trace context fields.
 *
 * @param sample which part of the traces that begin here is marked as sampled, 0 to 1
 */
public record TraceContextConfig(Mode mode, double sample) {
    /** How the proxy takes part in a trace. */
    public enum Mode {
        /** The fields are passed on as they came; the default. */
        PASS,
        /** The client's trace goes on with a new parent id for each attempt; without a valid one a trace begins. */
        JOIN,
        /** Each request begins a trace, whatever the client sent. */
        RESTART
    }
}
