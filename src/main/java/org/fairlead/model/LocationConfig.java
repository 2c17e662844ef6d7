package org.fairlead.model;

import java.util.List;
import java.util.Optional;

/**
 * One {@code <Location>} or {@code <LocationMatch>}: what holds for the paths below it.
 *
 * @param match which paths; a plain path matches whole segments ({@code /a} is not {@code /ab})
 * @param settings what it overrides
 * @param route its own {@code ProxyPass}, tried before those of the host; where several sections
 *     match, the last one in configuration order
 * @param reverses its {@code ProxyPassReverse} lines, their path being the location's
 */
public record LocationConfig(
        PathMatch match,
        Settings settings,
        Optional<RouteConfig> route,
        List<ReverseConfig> reverses,
        List<CookieConfig> cookieDomains,
        List<CookieConfig> cookiePaths,
        Source source) {
    public LocationConfig {
        reverses = List.copyOf(reverses);
        cookieDomains = List.copyOf(cookieDomains);
        cookiePaths = List.copyOf(cookiePaths);
    }

    /** Returns the same section without its {@code ProxyPass}, as a host that inherits no routes sees it. */
    public LocationConfig withoutRoute() {
        return new LocationConfig(match, settings, Optional.empty(), reverses, cookieDomains, cookiePaths, source);
    }
}
