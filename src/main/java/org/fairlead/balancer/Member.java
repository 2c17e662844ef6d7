package org.fairlead.balancer;

import java.net.InetAddress;
import java.util.Optional;
import org.fairlead.model.MemberConfig;

/**
 * A live member of a balancer: its configuration, its state and its counters. Thread-safe.
 *
 * <p>Identity is the object: the adapter keeps one pool for each.
 */
public final class Member {
    private final MemberConfig config;
    private final Optional<InetAddress> address;

    public Member(MemberConfig config, Optional<InetAddress> address) {
        this.config = config;
        this.address = address;
    }

    public MemberConfig config() {
        return config;
    }

    public String name() {
        return config.name();
    }

    /** The one address it stands for, when it was made by {@code resolve=}; empty = its host name is looked up. */
    public Optional<InetAddress> address() {
        return address;
    }
}
