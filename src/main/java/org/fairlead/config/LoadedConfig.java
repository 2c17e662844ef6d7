package org.fairlead.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.fairlead.model.ProxyConfig;

/**
 * A valid configuration, and the notices for its operator.
 *
 * @param notices what differs from httpd or does nothing; no errors
 * @param files every file that was read as configuration, absolute: those to watch for changes
 * @param searched folders in which included files were looked for, and what was looked for and was not there, absolute:
 *     a file that comes or goes there changes the configuration too
 * @param connectorDirectives the directives without effect in a container; the jar follows them all
 * @param reload the trigger of a reload in a running process
 * @param yaml the same configuration in the native format, with the notices as comments; reading it gives an equal
 *     {@link ProxyConfig}
 */
public record LoadedConfig(
        ProxyConfig config,
        List<Problem> notices,
        Set<Path> files,
        Set<Path> searched,
        List<ConnectorDirective> connectorDirectives,
        ReloadTrigger reload,
        String yaml) {
    public LoadedConfig {
        notices = List.copyOf(notices);
        files = Collections.unmodifiableSet(new LinkedHashSet<>(files));
        searched = Collections.unmodifiableSet(new LinkedHashSet<>(searched));
        connectorDirectives = List.copyOf(connectorDirectives);
    }
}
