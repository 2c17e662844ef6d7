package org.fairlead.balancer;

import java.net.InetAddress;
import java.util.Optional;
import org.fairlead.model.MemberConfig;

/**
 * One place where a configured member was found to live ({@code resolve=}).
 *
 * @param config the member's configuration; for an SRV record with its host and port, and a name to match
 * @param address the address it stands for; empty = its host name is looked up for each connection
 */
public record Endpoint(MemberConfig config, Optional<InetAddress> address) {}
