package org.fairlead.engine;

import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.RequestTarget;
import org.fairlead.model.Settings;
import org.fairlead.route.HeaderRules;
import org.fairlead.route.Host;

/**
 * One request together with what was found out about it before it is forwarded. Rules may lead it to another target than
 * the client asked for; then another call takes its place.
 *
 * @param target what is asked for: the client's target, or what a rule made of it
 * @param settings the host's, with those of the sections that the target lies in
 * @param start when it came
 */
record Call(Exchange exchange, Host host, RequestTarget target, Settings settings, HeaderRules.Moment start) {
    static Call of(Exchange exchange, Host host) {
        RequestTarget target = exchange.request().target();
        return new Call(exchange, host, target, host.settings(target), HeaderRules.Moment.now());
    }

    /** The same request at another target, with what holds there. */
    Call at(RequestTarget other) {
        return new Call(exchange, host, other, host.settings(other), start);
    }

    Call with(Settings other) {
        return new Call(exchange, host, target, other, start);
    }
}
