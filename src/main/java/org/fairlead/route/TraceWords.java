package org.fairlead.route;

import java.util.Locale;
import org.fairlead.http.Headers;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.PathMatch;

/** Directives as the operator wrote them, for traces. */
final class TraceWords {
    private TraceWords() {}

    static String location(PathMatch match) {
        return "<" + (match instanceof PathMatch.Regex ? "LocationMatch" : "Location") + " " + path(match) + ">";
    }

    static String proxyPass(PathMatch match) {
        return (match instanceof PathMatch.Regex ? "ProxyPassMatch " : "ProxyPass ") + path(match);
    }

    /** The change that a {@code RequestHeader} rule has made to a request's fields. */
    static String requestHeader(HeaderRule rule, Headers request) {
        String action = rule.action().name().toLowerCase(Locale.ROOT).replace("_all", "*");
        String now = request.contains(rule.name())
                ? "the field is now '" + String.join(", ", request.all(rule.name())) + "'"
                : "the field is not there";
        boolean framing = HeaderRules.isFraming(rule.name());
        return "RequestHeader " + action + " " + rule.name() + ": "
                + (framing ? "has no effect, the field belongs to the connection" : now);
    }

    private static String path(PathMatch match) {
        return match instanceof PathMatch.Prefix prefix ? prefix.path() : match.toString();
    }
}
