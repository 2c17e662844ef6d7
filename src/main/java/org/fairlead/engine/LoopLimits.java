package org.fairlead.engine;

import static org.fairlead.model.Settings.Handler.HEARTBEAT;

import org.fairlead.exchange.ClientConnection;
import org.fairlead.http.Headers;
import org.fairlead.http.MaxForwards;
import org.fairlead.http.RefusedException;
import org.fairlead.http.Via;
import org.fairlead.route.Host;

/** The loop check, the last phase of a request that goes to a member: {@code Via} and {@code Max-Forwards}. */
final class LoopLimits {
    private LoopLimits() {}

    /**
     * Searches {@code Via} for our own name, and decrements {@code Max-Forwards} in the working copy.
     *
     * @throws RefusedException 508 for a loop; 400 for {@code Max-Forwards} that is no number, or is used up
     */
    static void check(RequestContext request) throws RefusedException {
        if (request.forward().isEmpty()
                || request.settings().handler().filter(HEARTBEAT::equals).isPresent()) {
            return;
        }
        Headers headers = request.headers();
        Host host = request.host();
        if (headers.contains("Via")) {
            ClientConnection client = request.exchange().connection();
            Via.refuseLoop(headers, host.pseudonym(client).name());
        }
        String method = request.exchange().request().method();
        boolean travelsOn = MaxForwards.decrement(headers, method, host.config().maxForwards());
        request.lastRecipient(!travelsOn);
    }
}
