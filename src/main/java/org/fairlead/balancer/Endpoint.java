package org.fairlead.balancer;

import java.net.InetAddress;
import java.util.Optional;
import org.fairlead.model.MemberConfig;

/**
 * One resolved endpoint of a configured member ({@code resolve=}).
 *
 * @param config the member's configuration; for an SRV record with its host and port, and a name to match
 * @param address the address of this endpoint; empty = its host name is looked up for each connection
 */
public record Endpoint(MemberConfig config, Optional<InetAddress> address) {}
