package org.fairlead.route;

import java.util.Optional;
import org.fairlead.model.Settings;

/**
 * The merged settings for the paths that lie in the same {@code <Location>} sections of a host: the host's own,
 * overridden by the sections' in configuration order. Immutable, and one object for all such paths.
 *
 * @param settings the merged settings
 * @param reverse the host's {@code ProxyPassReverse} lines, then those of the sections
 * @param route the {@code ProxyPass} of the last section that has one
 */
record Section(Settings settings, ResponseRewrite reverse, Optional<Route> route) {}
