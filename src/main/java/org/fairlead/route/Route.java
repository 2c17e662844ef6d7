package org.fairlead.route;

import org.fairlead.exchange.DecisionTrace;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.Occurrences;
import org.fairlead.expression.Steps;
import org.fairlead.http.PathView;
import org.fairlead.http.Percent;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.RouteConfig;
import org.fairlead.model.RouteConfig.Mapping;
import org.fairlead.model.RouteConfig.RouteTarget;

/** One prepared {@code ProxyPass}. Immutable. */
final class Route {
    private final RouteConfig config;
    private final String name;
    private final PathRule rule;
    private final PathRule decodedRule;
    private final RouteTarget target;
    private final String path;
    private final Substitution substitution;
    private final boolean needsSlash;
    /** Whether only the URL ends with a slash, so that two would stand where path and URL meet. */
    private final boolean doublesSlash;

    /**
     * @param lone whether it leads to a standalone member, whose URL is concatenated; a balancer's paths start with a
     *     slash
     */
    Route(RouteConfig config, boolean lone) {
        this.config = config;
        this.name = config.match().toString();
        this.rule = PathRule.of(config.match());
        this.decodedRule = rule instanceof PathRule.Prefix prefix
                ? PathRule.Prefix.ofBytes(LenientReading.decodeOnce(prefix.path()))
                : rule;
        this.target = config.target();
        String template = target instanceof RouteTarget.Forward forward ? forward.path() : "";
        this.path = Percent.inTarget(template);
        this.substitution = Substitution.parse(template);
        this.needsSlash = !lone;
        this.doublesSlash = rule instanceof PathRule.Prefix prefix && !prefix.endsWithSlash() && path.endsWith("/");
    }

    RouteConfig config() {
        return config;
    }

    PathRule rule() {
        return rule;
    }

    Mapping mapping() {
        return config.mapping();
    }

    /** @throws EvaluationException if an expression takes more work than is allowed */
    boolean matches(String normalised, Steps steps) throws EvaluationException {
        return rule.matches(normalised, steps);
    }

    /**
     * Whether the rule is for this path, which was decoded throughout; the operator's own encodings are too then.
     *
     * @throws EvaluationException if an expression takes more work than is allowed
     */
    boolean matchesDecoded(String path, Steps steps) throws EvaluationException {
        return switch (mapping()) {
            case DEFAULT -> rule.matches(path, steps);
            case ENCODED -> decodedRule.matches(path, steps) || rule.matches(path, steps);
            case SERVLET -> rule.matches(LenientReading.mergeSlashes(LenientReading.withoutParameters(path)), steps);
        };
    }

    /** Traces the target to which this route forwards a request. */
    void tell(RequestTarget target, Match.Forward forward, DecisionTrace trace) {
        if (trace.isOn()) {
            tell(target, " forwards it to '" + forward.balancer() + "' as " + forward.target(), trace);
        }
    }

    void tell(RequestTarget target, String what, DecisionTrace trace) {
        if (trace.isOn()) {
            trace.say(config.source(), target.raw() + ": " + TraceWords.proxyPass(config.match()) + what);
        }
    }

    boolean excludes() {
        return target instanceof RouteTarget.Excluded;
    }

    /**
     * Returns the forwarding of a target that this route matched in {@code view}.
     *
     * @throws RefusedException 400 if an expression's groups make a dot segment
     * @throws EvaluationException if the expression takes more work than is allowed
     */
    Match.Forward forward(RequestTarget request, PathView view, Steps steps)
            throws RefusedException, EvaluationException {
        if (!(target instanceof RouteTarget.Forward forward)) {
            throw new IllegalStateException("route is an exclusion");
        }
        String mapped;
        if (rule instanceof PathRule.Prefix prefix) {
            String rest = rest(request.forwardPath(), view, prefix);
            if (prefix.path().equals(path) && view.text().equals(request.path())) {
                String raw = request.forwardPath().equals(request.path())
                        ? request.raw()
                        : request.forwardPath() + request.querySuffix();
                return new Match.Forward(forward.balancer(), raw, name);
            }
            mapped = path + (doublesSlash && rest.startsWith("/") ? rest.substring(1) : rest);
        } else {
            Occurrences match = ((PathRule.Expression) rule).pattern().occurrences(view.text(), steps);
            if (!match.next()) {
                throw new IllegalStateException("the route is not for this path");
            }
            mapped = substitution.apply(match, view, request.forwardPath());
            if (LenientReading.hasDotSegment(mapped)) {
                throw new RefusedException(400, "the route makes a dot segment of the path");
            }
        }
        if (needsSlash && !mapped.startsWith("/")) {
            mapped = "/" + mapped;
        }
        return new Match.Forward(forward.balancer(), mapped + request.querySuffix(), name);
    }

    /** The path after the prefix, as it came. */
    private String rest(String forwardPath, PathView view, PathRule.Prefix prefix) {
        int length = prefix.path().length();
        int start = view.offset(length);
        if (mapping() != Mapping.SERVLET) {
            return forwardPath.substring(start);
        }
        int behind = view.offset(length - 1) + 1;
        if (!prefix.endsWithSlash() && forwardPath.startsWith(";", behind)) {
            return forwardPath.substring(behind);
        }
        return view.text().startsWith("/", length)
                ? "/" + forwardPath.substring(view.offset(length + 1))
                : forwardPath.substring(start);
    }
}
