package org.fairlead.route;

import java.util.List;
import java.util.stream.Stream;
import org.fairlead.model.AccessConfig;
import org.fairlead.model.Choice;
import org.fairlead.model.CompatAccessConfig;
import org.fairlead.model.HostConfig;
import org.fairlead.model.LocationConfig;
import org.fairlead.model.ProxySectionConfig;
import org.fairlead.model.RedirectConfig;
import org.fairlead.model.Requirement;
import org.fairlead.model.RewriteRule;
import org.fairlead.model.Settings;

/**
 * The check whether a host refuses requests by rules that read the path themselves, beyond sections. Such rules are
 * {@code RewriteRule [F]}, {@code SetEnvIf Request_URI} with {@code Require env}, {@code Require expr}, {@code <If>}
 * and {@code Redirect gone}.
 */
final class PathRestrictions {
    private PathRestrictions() {}

    static boolean of(HostConfig host) {
        return host.rewrite().isActive() && host.rewrite().rules().stream().anyMatch(PathRestrictions::refuses)
                || host.redirects().stream().anyMatch(PathRestrictions::refuses)
                || settings(host).anyMatch(PathRestrictions::restricts);
    }

    private static Stream<Settings> settings(HostConfig host) {
        return Stream.of(
                        Stream.of(host.settings()),
                        host.locations().stream().map(LocationConfig::settings),
                        host.proxySections().stream().map(ProxySectionConfig::settings))
                .flatMap(each -> each);
    }

    private static boolean refuses(RewriteRule rule) {
        return rule.has(RewriteRule.Flag.STATUS) && rule.status() >= 400;
    }

    private static boolean refuses(RedirectConfig redirect) {
        return redirect.status() >= 400;
    }

    private static boolean restricts(Settings settings) {
        return readsRequest(settings.access())
                || settings.rewrite().rules().stream().anyMatch(PathRestrictions::refuses)
                || settings.redirects()
                        .whole()
                        .filter(PathRestrictions::refuses)
                        .isPresent()
                || settings.redirects().rules().stream().anyMatch(PathRestrictions::refuses)
                || settings.choices().stream()
                        .map(Choice::branches)
                        .flatMap(List::stream)
                        .anyMatch(branch -> branch.settings().access().asks() || restricts(branch.settings()));
    }

    /** Whether access depends on more than the client and the section. */
    private static boolean readsRequest(AccessConfig access) {
        return access.requirement().filter(PathRestrictions::readsRequest).isPresent()
                || access.old().filter(PathRestrictions::readsVariables).isPresent();
    }

    private static boolean readsVariables(CompatAccessConfig old) {
        return Stream.concat(old.allows().stream(), old.denies().stream())
                .anyMatch(origin -> origin.kind() == CompatAccessConfig.Kind.ENV);
    }

    private static boolean readsRequest(Requirement requirement) {
        if (requirement instanceof Requirement.Group group) {
            return group.parts().stream().anyMatch(PathRestrictions::readsRequest);
        }
        return requirement instanceof Requirement.Line line
                && (line.provider() == Requirement.Provider.EXPR
                        || line.provider() == Requirement.Provider.ENV
                        || line.argument().indexOf('%') >= 0);
    }
}
