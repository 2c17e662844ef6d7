package org.fairlead.engine;

import java.util.List;
import java.util.Optional;
import org.fairlead.exchange.OwnAnswer;
import org.fairlead.exchange.RefusedException;
import org.fairlead.model.EnvironmentRule;
import org.fairlead.model.Settings;
import org.fairlead.route.EnvironmentRules;
import org.fairlead.route.Match;
import org.fairlead.route.Redirects;

/**
 * What is done with a request before a member is asked, in httpd's order: the host's {@code SetEnvIf}, {@code <If>}, the
 * routes, the host's {@code Redirect}, the sections' {@code SetEnvIf}, access, {@code SetEnv}, the sections' {@code
 * Redirect}.
 * Each step costs nothing where nothing is configured for it.
 */
final class PathRules {
    private PathRules() {}

    /** mod_setenvif when the request has been read. */
    static void beforeRoutes(Call call) throws RefusedException {
        apply(call.host().config().environmentRules(), call);
    }

    /** Where the request goes; nowhere if the variable {@code no-proxy} keeps it from the routes (mod_proxy). */
    static Match match(Call call) throws RefusedException {
        boolean kept = call.exchange().environment().isSet("no-proxy");
        return kept ? Match.EXCLUDED : call.host().match(call.target());
    }

    /** mod_alias behind mod_proxy: the host's redirects are for what no route takes. */
    static Optional<OwnAnswer> ofHost(Call call, Match match) throws RefusedException {
        if (match instanceof Match.Forward
                || call.host().config().redirects().isEmpty()
                        && call.settings().redirects().isEmpty()) {
            return Optional.empty();
        }
        return redirects(call).ofHost();
    }

    /** The call with the choices of its sections made. */
    static Call decided(Call call) throws RefusedException {
        Settings settings = call.settings();
        return settings.choices().isEmpty() ? call : call.with(call.host().decided(settings, call.variables()));
    }

    /** The sections' {@code SetEnvIf}: access rules may ask for what it says. */
    static void sectionVariables(Call call) throws RefusedException {
        apply(call.settings().environment().rules(), call);
    }

    /** {@code SetEnv}, and the sections' redirects: for those who may ask at all. */
    static Optional<OwnAnswer> ofSections(Call call) throws RefusedException {
        Settings settings = call.settings();
        EnvironmentRules.set(settings.environment(), call.exchange().environment());
        return settings.redirects().isEmpty()
                ? Optional.empty()
                : redirects(call).ofSections();
    }

    private static void apply(List<EnvironmentRule> rules, Call call) throws RefusedException {
        if (!rules.isEmpty()) {
            new EnvironmentRules(call.exchange(), call.target(), call.variables()).apply(rules);
        }
    }

    private static Redirects redirects(Call call) {
        return new Redirects(call.exchange(), call.host(), call.target(), call.settings(), call.variables());
    }
}
