package org.fairlead.engine;

import org.fairlead.balancer.Balancer;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.model.Settings;

/** What is to become of a request. Making it has changed nothing; {@link ProxyEngine} acts on it. */
public sealed interface RequestDecision {
    /**
     * To a member of a balancer.
     *
     * @param target path and query to put behind the member's own path
     * @param settings what holds for the request and its response, all sections merged
     */
    record Forward(Balancer balancer, String target, Settings settings) implements RequestDecision {}

    /** Answered by a rule, or refused: a status, an error page or a redirect. */
    record Respond(LocalResponse response) implements RequestDecision {}

    /** Answered by code of our own that reads more of the request than its head, or writes more than a page. */
    record Handle(Handler handler) implements RequestDecision {}

    /** No rule proxies it: the container may answer from its own content. */
    record Decline() implements RequestDecision {}

    /** Responders that are no rule's. */
    enum Handler {
        /** {@code SetHandler heartbeat}. */
        HEARTBEAT,
        /** {@code SetHandler} with one of the other words: a {@link LocalHandler}. */
        LOCAL,
        /** A TRACE or OPTIONS whose {@code Max-Forwards} has run out. */
        MAX_FORWARDS
    }
}
