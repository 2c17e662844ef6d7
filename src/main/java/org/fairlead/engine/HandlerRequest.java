package org.fairlead.engine;

import java.util.Optional;
import org.fairlead.exchange.Exchange;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.Settings;
import org.fairlead.route.Host;

/**
 * A request for a handler.
 *
 * @param exchange for its head, body, client and environment; the handler does not respond through it
 * @param host the virtual host that serves it
 * @param target the request target, after rewriting
 * @param settings its settings, all sections merged
 * @param proxied whether it has fields that a proxy in front of us adds
 */
public record HandlerRequest(Exchange exchange, Host host, RequestTarget target, Settings settings, boolean proxied) {
    /** Whether a {@code Require}, {@code Order} or {@code AuthType} protects the handler. */
    public boolean isGuarded() {
        return settings.access().restricts();
    }

    /** The user that an access rule or the container has authenticated; empty = none. */
    public Optional<String> user() {
        return exchange.environment().get("REMOTE_USER").or(exchange::containerUser);
    }
}
