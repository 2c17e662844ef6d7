package org.fairlead.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.fairlead.model.PoolConfig;

/**
 * A server's defaults for all of its members.
 *
 * @param timeout {@code ProxyTimeout}, else {@code Timeout}
 * @param ioBufferSize {@code ProxyIOBufferSize}; 0 = the engine's choice
 * @param receiveBufferSize {@code ProxyReceiveBufferSize}; 0 = the system's
 * @param sourceAddress {@code ProxySourceAddress}
 */
record MemberDefaults(Duration timeout, int ioBufferSize, int receiveBufferSize, Optional<String> sourceAddress) {
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    /** @param timeout what holds where neither {@code ProxyTimeout} nor {@code Timeout} is given here */
    static MemberDefaults read(Values host, MemberDefaults surrounding) {
        return new MemberDefaults(
                host.time("proxytimeout", ChronoUnit.SECONDS, MILLISECOND)
                        .or(() -> host.time("timeout", ChronoUnit.SECONDS, MILLISECOND))
                        .orElse(surrounding.timeout),
                size(host, "proxyiobuffersize", surrounding.ioBufferSize),
                size(host, "proxyreceivebuffersize", surrounding.receiveBufferSize),
                host.text("proxysourceaddress").or(surrounding::sourceAddress));
    }

    static MemberDefaults httpd() {
        return new MemberDefaults(PoolConfig.DEFAULTS.timeout(), 0, 0, Optional.empty());
    }

    private static int size(Values host, String key, int otherwise) {
        return (int) host.size(key, 512, 16 << 20, true).orElse(otherwise);
    }
}
