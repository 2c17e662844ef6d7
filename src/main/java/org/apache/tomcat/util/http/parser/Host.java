package org.apache.tomcat.util.http.parser;

import org.apache.tomcat.util.buf.MessageBytes;
import org.fairlead.http.HostSyntax;

/**
 * Replaces Tomcat's parser of {@code Host} and {@code :authority} in the executable jar. Tomcat's takes only names that DNS
 * allows and any port, has no setting for either, and in HTTP/2 is called where nothing can be overridden. The jar is
 * built without Tomcat's class of this name, and the WAR without this one.
 */
public final class Host {
    private Host() {}

    /**
     * Returns the position of the colon in front of the port; −1 where there is no port.
     *
     * @throws IllegalArgumentException if the value is no host and port; Tomcat answers 400
     */
    public static int parse(MessageBytes value) {
        return HostSyntax.portColon(value.toString());
    }

    /** As {@link #parse(MessageBytes)}. */
    public static int parse(String value) {
        return HostSyntax.portColon(value);
    }
}
