package org.fairlead.engine;

import java.util.List;
import java.util.Optional;
import org.fairlead.exchange.ClaimedFields;
import org.fairlead.exchange.DecisionTrace;
import org.fairlead.exchange.Environment;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.expression.ExchangeVariables;
import org.fairlead.expression.ServerIdentity;
import org.fairlead.expression.Variables;
import org.fairlead.http.Headers;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.Settings;
import org.fairlead.route.HeaderRules;
import org.fairlead.route.Host;
import org.fairlead.route.Match;

/**
 * The context of one request: the exchange, and the results of the phases so far.
 *
 * <p>The phases change this object and the working copy that the exchange holds of its request (its fields, its
 * environment and its client's address), and nothing else. Used by one thread at a time.
 */
final class RequestContext {
    private final Exchange exchange;
    private final Host host;
    private final HeaderRules.Subject subject;
    private final ExchangeObserver observer;

    private RequestTarget target;
    private Settings settings;
    private Optional<Match> match = Optional.empty();
    private Optional<LocalResponse> response = Optional.empty();
    private List<HeaderRule> cookies = List.of();
    private boolean lastRecipient;
    private final Environment initial;
    private ClaimedFields claims = ClaimedFields.with();
    private boolean legacyNames;
    private String refusedBy = "";
    private ErrorPages errorPages = ErrorPages.NONE;
    private boolean proxied;
    private boolean traced;
    private Optional<Headers> sent = Optional.empty();

    private RequestContext(Exchange exchange, Host host, ExchangeObserver observer) {
        this.exchange = exchange;
        this.host = host;
        this.observer = observer;
        this.target = exchange.request().target();
        this.settings = host.settings(target);
        this.initial = host.reads(target) ? exchange.environment().copy() : exchange.environment();
        tellNames();
        this.subject = new HeaderRules.Subject(exchange, HeaderRules.Moment.now(), host.identity(settings.ownName()));
    }

    /** A request of which nothing is known but the host that serves it. */
    static RequestContext of(Exchange exchange, Host host, ExchangeObserver observer) {
        return new RequestContext(exchange, host, observer);
    }

    Exchange exchange() {
        return exchange;
    }

    Host host() {
        return host;
    }

    /** The fields as the phases have left them: the exchange's working copy. */
    Headers headers() {
        return exchange.request().headers();
    }

    /** The fields that the last member got; those of the client as long as no member got any. */
    Headers sent() {
        return sent.isPresent() ? sent.get() : headers();
    }

    void sent(Headers fields) {
        sent = Optional.of(fields);
    }

    ExchangeObserver observer() {
        return observer;
    }

    DecisionTrace trace() {
        return exchange.trace();
    }

    /** The request and its time of arrival, for header rules; the same for every target it gets. */
    HeaderRules.Subject subject() {
        return subject;
    }

    /** The server's identity for this request. */
    ServerIdentity server() {
        return host.identity(settings.ownName());
    }

    /** The variables that expressions see before there is a response. */
    Variables variables() {
        return ExchangeVariables.of(exchange, server());
    }

    /** The source of error pages that members make. */
    ErrorPages errorPages() {
        return errorPages;
    }

    RequestContext withErrorPages(ErrorPages pages) {
        errorPages = pages;
        return this;
    }

    /** The environment before any rule has set a variable, for other readings of the target; a new copy. */
    Environment initialEnvironment() {
        return initial.copy();
    }

    /**
     * The fields that members must not get unchanged; until the client is settled, all fields that any client may
     * write.
     */
    ClaimedFields claims() {
        return claims;
    }

    void claims(ClaimedFields fields) {
        claims = fields;
    }

    /** The request's target: the client's, or the one that a rule has set. */
    RequestTarget target() {
        return target;
    }

    /** The host's settings, with those of the sections that the target lies in. */
    Settings settings() {
        return settings;
    }

    /** Sets another target, and the settings that apply to it. */
    void lead(RequestTarget other) {
        target = other;
        settings(host.settings(other));
    }

    void settings(Settings other) {
        settings = other;
        tellNames();
    }

    /** Applies the settings' format of certificate names; the exchange is called on a change only. */
    private void tellNames() {
        if (settings.writesLegacyNames() != legacyNames) {
            legacyNames = !legacyNames;
            exchange.legacyNames(legacyNames);
        }
    }

    /** The match of a route; empty as long as no phase has set one. */
    Optional<Match> match() {
        return match;
    }

    void match(Match found) {
        match = Optional.of(found);
    }

    /** The forwarding of the request; empty if it is not forwarded, or that is not yet known. */
    Optional<Match.Forward> forward() {
        return match.isPresent() && match.get() instanceof Match.Forward forward
                ? Optional.of(forward)
                : Optional.empty();
    }

    /** The response that a rule has set; empty as long as the request may go on. */
    Optional<LocalResponse> response() {
        return response;
    }

    void respond(LocalResponse answer) {
        response = Optional.of(answer);
    }

    /** Whether the request has fields that a proxy in front of us adds, as received, trusted or not. */
    boolean isProxied() {
        return proxied;
    }

    void proxied(boolean shown) {
        proxied = shown;
    }

    /** Whether each attempt is a step of a trace, with a parent id of its own. */
    boolean isTraced() {
        return traced;
    }

    void joinsTrace() {
        traced = true;
    }

    /** The phase that has refused the request; empty = none. */
    String refusedBy() {
        return refusedBy;
    }

    void refusedBy(String phase) {
        refusedBy = phase;
    }

    /** {@code Set-Cookie} rules of mod_rewrite for the response, whatever its source. */
    List<HeaderRule> cookies() {
        return cookies;
    }

    void cookies(List<HeaderRule> rules) {
        cookies = rules;
    }

    /** Whether {@code Max-Forwards} says that this TRACE or OPTIONS ends here. */
    boolean isLastRecipient() {
        return lastRecipient;
    }

    void lastRecipient(boolean ends) {
        lastRecipient = ends;
    }
}
