package org.fairlead.config;

import org.fairlead.model.Source;

/**
 * A directive about listeners, connections or TLS. The executable jar follows it; in a container, which owns its
 * connectors, the directive has no effect.
 *
 * @param directive as httpd's manual writes it
 * @param serverXml the equivalent attribute of Tomcat's {@code server.xml}, with the element it belongs to
 */
public record ConnectorDirective(Source source, String directive, String value, String serverXml) {
    @Override
    public String toString() {
        return source + ": " + directive + " '" + value
                + "' has no effect in a container; in Tomcat's server.xml it is " + serverXml;
    }
}
