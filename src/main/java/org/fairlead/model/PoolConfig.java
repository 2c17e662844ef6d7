package org.fairlead.model;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the connections to one member are made, kept and timed, in mod_proxy's words.
 *
 * @param max {@code max}: requests (so connections) at once; empty = no limit of its own
 * @param min {@code min}: connections kept open even when idle; 0 or more
 * @param smax {@code smax}: idle connections kept beyond {@code ttl}; empty = max
 * @param ttl {@code ttl}: an idle connection older than this is not reused; empty = kept
 * @param acquire {@code acquire}: the longest wait for a place under {@code max}; empty = as long as {@code timeout}
 * @param queue {@code queue}: how many may wait for a place under {@code max}; default 0 with no {@code acquire}, see
 *     the manual
 * @param connectTimeout {@code connectiontimeout}; default = timeout
 * @param timeout {@code timeout}: the longest silence of the member; default {@code ProxyTimeout}, else {@code Timeout}
 * @param ping {@code ping}: how long to wait for 100 before a body is sent or, with AJP, for CPONG before each request;
 *     zero = not asked for
 * @param keepAlive {@code keepalive}: TCP keep-alive probes
 * @param reuse false for {@code disablereuse=On} or {@code enablereuse=Off}
 * @param addressTtl {@code addressttl}: how long a resolved address is used; empty = as long as the JVM's own rule says
 * @param ioBufferSize {@code iobuffersize}: bytes of the copy buffer; 0 or ≥ 512; default 8192 in httpd, ours 0 =
 *     chosen by the engine
 * @param receiveBufferSize {@code receivebuffersize}: SO_RCVBUF; 0 = the system's
 * @param responseFieldSize {@code responsefieldsize}: the longest field line a member may send; 0 or ≥ 512; default
 *     8192
 * @param sourceAddress {@code ProxySourceAddress}: local address to connect from; empty = the system's choice
 * @param remote {@code ProxyRemote}: an outbound proxy on the way to the member
 * @param secret {@code secret}: the word that an AJP connector asks for ({@code secretRequired}); empty = none is sent
 */
public record PoolConfig(
        OptionalInt max,
        int min,
        OptionalInt smax,
        Optional<Duration> ttl,
        Optional<Duration> acquire,
        int queue,
        Duration connectTimeout,
        Duration timeout,
        Duration ping,
        boolean keepAlive,
        boolean reuse,
        Optional<Duration> addressTtl,
        int ioBufferSize,
        int receiveBufferSize,
        int responseFieldSize,
        Optional<String> sourceAddress,
        Optional<RemoteProxy> remote,
        Optional<Secret> secret) {

    /** {@code ProxyRemote}: host and port of an outbound HTTP proxy. */
    public record RemoteProxy(String host, int port) {}

    /** httpd's defaults. */
    public static final PoolConfig DEFAULTS = new PoolConfig(
            OptionalInt.empty(),
            0,
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ZERO,
            false,
            true,
            Optional.empty(),
            0,
            0,
            8192,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public PoolConfig {
        max.ifPresent(n -> Check.atLeast("max", n, 1));
        Check.atLeast("min", min, 0);
        smax.ifPresent(n -> Check.atLeast("smax", n, 0));
        ttl.ifPresent(d -> Check.positive("ttl", d));
        acquire.ifPresent(d -> Check.notNegative("acquire", d));
        Check.atLeast("queue", queue, 0);
        Check.positive("connectiontimeout", connectTimeout);
        Check.positive("timeout", timeout);
        Check.notNegative("ping", ping);
        bufferSize("iobuffersize", ioBufferSize);
        Check.atLeast("receivebuffersize", receiveBufferSize, 0);
        bufferSize("responsefieldsize", responseFieldSize);
    }

    private static void bufferSize(String key, int value) {
        if (value != 0 && value < 512) {
            throw new IllegalArgumentException(key + " '" + value + "' (expected: 0, or 512 or more)");
        }
    }
}
