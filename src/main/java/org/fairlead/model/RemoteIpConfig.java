package org.fairlead.model;

import java.util.List;

/**
 * Whom a host believes when a proxy in front of it says on whose behalf it asks (mod_remoteip).
 *
 * @param header {@code RemoteIPHeader}: the field that lists the addresses, the nearest last; empty = none is read
 * @param proxiesHeader {@code RemoteIPProxiesHeader}: where members read which trusted proxies a request came through;
 *     empty = nowhere
 * @param proxies who is believed, in configuration order: the first whose range holds an address decides; empty = with a
 *     header everybody who names no private address, as in httpd, and without one nobody
 */
public record RemoteIpConfig(String header, String proxiesHeader, List<Proxy> proxies) {
    /** Nobody is believed. */
    public static final RemoteIpConfig NONE = new RemoteIpConfig("", "", List.of());

    public RemoteIpConfig {
        proxies = List.copyOf(proxies);
    }

    /**
     * Proxies of one kind.
     *
     * @param range an address, the first parts of one, or a network
     * @param internal {@code RemoteIPInternalProxy}: may name private addresses, and is not told to members; else
     *     {@code RemoteIPTrustedProxy}
     */
    public record Proxy(String range, boolean internal) {}
}
