package org.fairlead.model;

import java.util.List;

/**
 * The trusted proxies of a host, whose header names the client of a request (mod_remoteip).
 *
 * @param header {@code RemoteIPHeader}: the field that lists the addresses, the nearest last; empty = none is read
 * @param proxiesHeader {@code RemoteIPProxiesHeader}: where members read which trusted proxies a request came through;
 *     empty = nowhere
 * @param proxies the trusted proxies in configuration order: the first whose range contains an address decides. Empty:
 *     with a header, any peer that names no private address is trusted, as in httpd; without one, none is
 */
public record RemoteIpConfig(String header, String proxiesHeader, List<Proxy> proxies) {
    /** No proxy is trusted. */
    public static final RemoteIpConfig NONE = new RemoteIpConfig("", "", List.of());

    public RemoteIpConfig {
        proxies = List.copyOf(proxies);
    }

    /**
     * Proxies of one kind.
     *
     * @param range an address, the first parts of one, or a network
     * @param internal {@code RemoteIPInternalProxy}: may name private addresses, and is not passed to members; else
     *     {@code RemoteIPTrustedProxy}
     */
    public record Proxy(String range, boolean internal) {}
}
