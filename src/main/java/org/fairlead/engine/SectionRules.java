package org.fairlead.engine;

import java.util.List;
import org.fairlead.http.RefusedException;
import org.fairlead.model.EnvironmentRule;
import org.fairlead.model.Settings;
import org.fairlead.route.EnvironmentRules;
import org.fairlead.route.Match;

/**
 * The phases of a host's and its sections' settings for a path: {@code SetEnvIf}, {@code <If>}, {@code <Proxy>},
 * {@code SetEnv} and the sections' {@code Redirect}. Each costs nothing where nothing is configured for it.
 */
final class SectionRules {
    private SectionRules() {}

    /** mod_setenvif when the request has been read, then the named groups of the sections that its path lies in. */
    static void hostVariables(RequestContext request) throws RefusedException {
        apply(request.host().config().environmentRules(), request);
        request.host().nameGroups(request.target(), request.exchange().environment());
    }

    /** Decides the {@code <If>} sections of the settings, until none is left. */
    static void decide(RequestContext request) throws RefusedException {
        Settings settings = request.settings();
        request.host().refuseUndecided(settings);
        if (!settings.choices().isEmpty()) {
            request.settings(request.host().decided(settings, request.variables(), request.trace()));
        }
    }

    /** Merges the settings of {@code <Proxy>} sections for the forwarding target. */
    static void proxySections(RequestContext request) throws RefusedException {
        if (request.host().hasProxySettings() && request.forward().isPresent()) {
            Match.Forward forward = request.forward().get();
            request.settings(request.host().settings(request.target(), forward));
            request.host().nameGroups(forward, request.exchange().environment());
            if (request.trace().isOn()) {
                request.host().explain(forward, request.trace());
            }
        }
        if (request.target() != request.exchange().request().target()) {
            request.host().nameGroups(request.target(), request.exchange().environment());
        }
        decide(request);
    }

    /** The sections' {@code SetEnvIf}: access rules may test its variables. */
    static void sectionVariables(RequestContext request) throws RefusedException {
        apply(request.settings().environment().rules(), request);
    }

    /** {@code SetEnv}, for requests that passed the access rules. */
    static void setVariables(RequestContext request) {
        EnvironmentRules.set(
                request.settings().environment(), request.exchange().environment());
        if (request.trace().isOn()) {
            request.settings()
                    .environment()
                    .variables()
                    .forEach((name, value) -> request.trace()
                            .say(
                                    request.host().config().source(),
                                    "SetEnv " + name + ": it is '"
                                            + request.exchange()
                                                    .environment()
                                                    .get(name)
                                                    .orElse("") + "'"));
        }
    }

    /** The sections' {@code Redirect}, whether or not a route takes the request. */
    static void redirect(RequestContext request) throws RefusedException {
        if (!request.settings().redirects().isEmpty()) {
            Routing.redirects(request).ofSections().ifPresent(request::respond);
        }
    }

    private static void apply(List<EnvironmentRule> rules, RequestContext request) throws RefusedException {
        if (!rules.isEmpty()) {
            new EnvironmentRules(request.exchange(), request.target(), request.variables()).apply(rules);
        }
    }
}
