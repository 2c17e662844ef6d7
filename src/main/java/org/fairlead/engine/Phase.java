package org.fairlead.engine;

import org.fairlead.http.RefusedException;

/**
 * One step of deciding on a request. It reads the request and the configuration, and changes the request's context and
 * working copy only: no socket, no counter, no share of a balancer. Immutable and thread-safe.
 *
 * @param name as a trace has it
 * @param always whether it is also taken for a request that has its response already
 */
record Phase(String name, boolean always, Step step) {
    /** The action of a phase. */
    interface Step {
        /** @throws RefusedException if the request must not go on; the status is its response then */
        void apply(RequestContext request) throws RefusedException;
    }

    /** A phase for requests that have no response yet. */
    static Phase of(String name, Step step) {
        return new Phase(name, false, step);
    }

    /** A phase for every request: its results are needed for a response of our own too. */
    static Phase always(String name, Step step) {
        return new Phase(name, true, step);
    }

    void apply(RequestContext request) throws RefusedException {
        if (always || request.response().isEmpty()) {
            request.trace().phase(name);
            step.apply(request);
        }
    }
}
