package org.fairlead.engine;

import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.RequestTarget;
import org.fairlead.expression.ExchangeVariables;
import org.fairlead.expression.Variables;
import org.fairlead.model.Settings;
import org.fairlead.route.HeaderRules;
import org.fairlead.route.Host;
import org.fairlead.route.Match;

/**
 * One request together with what was found out about it before it is forwarded. Rules may lead it to another target than
 * the client asked for; then another call takes its place.
 *
 * @param target what is asked for: the client's target, or what a rule made of it
 * @param settings the host's, with those of the sections that the target lies in
 * @param subject it and when it came, for header rules; the same whatever target it is led to
 * @param observer hears what becomes of it
 */
record Call(
        Exchange exchange,
        Host host,
        RequestTarget target,
        Settings settings,
        HeaderRules.Subject subject,
        ExchangeObserver observer) {
    static Call of(Exchange exchange, Host host, ExchangeObserver observer) {
        RequestTarget target = exchange.request().target();
        Settings settings = host.settings(target);
        observer.served(host, settings);
        HeaderRules.Subject subject = new HeaderRules.Subject(exchange, HeaderRules.Moment.now(), host.name());
        return new Call(exchange, host, target, settings, subject, observer);
    }

    /** The same request at another target, with what holds there. */
    Call at(RequestTarget other) {
        return new Call(exchange, host, other, host.settings(other), subject, observer);
    }

    /** The same request with what {@code <Proxy>} sections say of where it goes. */
    Call towards(Match match) {
        return match instanceof Match.Forward forward && host.hasProxySettings()
                ? with(host.settings(target, forward))
                : this;
    }

    Call with(Settings other) {
        return other == settings ? this : new Call(exchange, host, target, other, subject, observer);
    }

    /** What expressions see of it before there is an answer. */
    Variables variables() {
        return ExchangeVariables.of(exchange, host.name());
    }
}
