package org.fairlead.model;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a member listens.
 *
 * @param protocol the protocol that it speaks
 * @param host name or address without brackets, lower case; for a Unix socket what stands in {@code Host}
 * @param port 1 to 65535
 * @param unixSocket the socket's path for {@code unix:/path|http://host/}; empty = TCP
 */
public record MemberAddress(MemberProtocol protocol, String host, int port, Optional<Path> unixSocket) {
    public MemberAddress {
        Check.range("port", port, 1, 65535);
    }

    public static MemberAddress http(String host, int port) {
        return new MemberAddress(MemberProtocol.HTTP, host, port, Optional.empty());
    }

    /** Whether connections are made under TLS. */
    public boolean secure() {
        return protocol.isSecure();
    }

    /** What {@code Host} says towards the member: the port is left out where it is the scheme's own. */
    public String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == protocol.standardPort() ? name : name + ":" + port;
    }
}
