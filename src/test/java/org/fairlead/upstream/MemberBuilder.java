package org.fairlead.upstream;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.fairlead.balancer.Member;
import org.fairlead.model.MemberAddress;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.MemberProtocol;
import org.fairlead.model.MemberTlsConfig;
import org.fairlead.model.PoolConfig;
import org.fairlead.model.PoolConfig.RemoteProxy;
import org.fairlead.model.Secret;
import org.fairlead.model.Source;

/** Members with single settings changed from httpd's defaults. */
final class MemberBuilder {
    private MemberAddress address;
    private String path = "";
    private Optional<InetAddress> inet = Optional.empty();
    private int min;
    private OptionalInt smax = OptionalInt.empty();
    private Optional<Duration> ttl = Optional.empty();
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration timeout = Duration.ofSeconds(10);
    private Duration ping = Duration.ZERO;
    private boolean reuse = true;
    private int ioBufferSize;
    private int responseFieldSize = 8192;
    private Optional<String> sourceAddress = Optional.empty();
    private Optional<RemoteProxy> remote = Optional.empty();
    private Optional<Secret> secret = Optional.empty();
    private MemberTlsConfig tls = MemberTlsConfig.DEFAULTS;

    private MemberBuilder(MemberAddress address) {
        this.address = address;
    }

    static MemberBuilder http(int port) {
        return new MemberBuilder(MemberAddress.http("127.0.0.1", port));
    }

    static MemberBuilder http(String host, int port) {
        return new MemberBuilder(MemberAddress.http(host, port));
    }

    static MemberBuilder https(String host, int port, MemberTlsConfig tls) {
        MemberBuilder builder =
                new MemberBuilder(new MemberAddress(MemberProtocol.HTTPS, host, port, Optional.empty()));
        builder.tls = tls;
        return builder;
    }

    static MemberBuilder ajp(int port) {
        return new MemberBuilder(new MemberAddress(MemberProtocol.AJP, "127.0.0.1", port, Optional.empty()));
    }

    static MemberBuilder unix(Path path) {
        return new MemberBuilder(new MemberAddress(MemberProtocol.HTTP, "localhost", 80, Optional.of(path)));
    }

    MemberBuilder path(String value) {
        path = value;
        return this;
    }

    MemberBuilder inet(InetAddress value) {
        inet = Optional.of(value);
        return this;
    }

    MemberBuilder min(int value) {
        min = value;
        return this;
    }

    MemberBuilder smax(int value) {
        smax = OptionalInt.of(value);
        return this;
    }

    MemberBuilder ttl(Duration value) {
        ttl = Optional.of(value);
        return this;
    }

    MemberBuilder connectTimeout(Duration value) {
        connectTimeout = value;
        return this;
    }

    MemberBuilder timeout(Duration value) {
        timeout = value;
        return this;
    }

    MemberBuilder ping(Duration value) {
        ping = value;
        return this;
    }

    MemberBuilder noReuse() {
        reuse = false;
        return this;
    }

    MemberBuilder ioBufferSize(int value) {
        ioBufferSize = value;
        return this;
    }

    MemberBuilder responseFieldSize(int value) {
        responseFieldSize = value;
        return this;
    }

    MemberBuilder sourceAddress(String value) {
        sourceAddress = Optional.of(value);
        return this;
    }

    MemberBuilder secret(String value) {
        secret = Optional.of(new Secret(value));
        return this;
    }

    MemberBuilder remote(int port) {
        remote = Optional.of(new RemoteProxy("127.0.0.1", port));
        return this;
    }

    Member build() {
        PoolConfig pool = new PoolConfig(
                OptionalInt.empty(),
                min,
                smax,
                ttl,
                Optional.empty(),
                0,
                connectTimeout,
                timeout,
                ping,
                true,
                reuse,
                Optional.empty(),
                ioBufferSize,
                0,
                responseFieldSize,
                sourceAddress,
                remote,
                secret);
        MemberConfig base = MemberConfig.of(address.host(), address.port());
        return new Member(
                new MemberConfig(
                        address.protocol().scheme() + "://" + address.authority(),
                        address,
                        path,
                        base.loadFactorHundredths(),
                        base.lbset(),
                        base.route(),
                        base.redirect(),
                        Set.of(),
                        base.retry(),
                        List.of(),
                        base.resolve(),
                        pool,
                        Optional.empty(),
                        tls,
                        Source.NONE),
                inet);
    }
}
