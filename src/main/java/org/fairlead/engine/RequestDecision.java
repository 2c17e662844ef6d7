package org.fairlead.engine;

import org.fairlead.balancer.Balancer;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.filter.BodyFilters;
import org.fairlead.model.Settings;

/** A decision on a request. Making it has changed nothing; {@link ProxyEngine} carries it out. */
public sealed interface RequestDecision {
    /**
     * To a member of a balancer.
     *
     * @param target path and query to be appended to the member's own path
     * @param settings the settings for the request and its response, all sections merged
     * @param filters the filters for the body of the response
     */
    record Forward(Balancer balancer, String target, Settings settings, BodyFilters filters)
            implements RequestDecision {}

    /** Respond from a rule or a refusal: a status, an error page or a redirect. */
    record Respond(LocalResponse response) implements RequestDecision {}

    /** Respond by code of our own that reads more of the request than its head, or writes more than a page. */
    record Handle(Handler handler) implements RequestDecision {}

    /** No rule proxies it: the container may respond with its own content. */
    record Decline() implements RequestDecision {}

    /** Handlers that are not rules. */
    enum Handler {
        /** {@code SetHandler heartbeat}. */
        HEARTBEAT,
        /** {@code SetHandler} with one of the other words: a {@link LocalHandler}. */
        LOCAL,
        /** A TRACE or OPTIONS whose {@code Max-Forwards} has run out. */
        MAX_FORWARDS
    }
}
