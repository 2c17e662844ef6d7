package org.fairlead.model;

import java.util.List;

/**
 * The PROXY protocol on a listener (mod_remoteip's {@code RemoteIPProxyProtocol}).
 *
 * @param exceptions {@code RemoteIPProxyProtocolExceptions}: addresses and networks of clients that send no header
 */
public record ProxyProtocolConfig(Mode mode, List<String> exceptions) {
    /** No header is expected. */
    public static final ProxyProtocolConfig OFF = new ProxyProtocolConfig(Mode.OFF, List.of());

    /** Whether a connection begins with a PROXY header. */
    public enum Mode {
        OFF,
        ON,
        /** A connection may begin with one. */
        OPTIONAL
    }

    public ProxyProtocolConfig {
        exceptions = List.copyOf(exceptions);
    }
}
