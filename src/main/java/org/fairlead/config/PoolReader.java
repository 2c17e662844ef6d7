package org.fairlead.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.fairlead.model.PoolConfig;
import org.fairlead.model.Secret;

/** Reads how the connections to a member are made, kept and timed. */
final class PoolReader {
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final int LARGEST_BUFFER = 16 << 20;

    private PoolReader() {}

    static PoolConfig read(Values member, MemberDefaults defaults, Optional<PoolConfig.RemoteProxy> remote) {
        Duration timeout =
                member.time("timeout", ChronoUnit.SECONDS, MILLISECOND).orElse(defaults.timeout());
        int max = member.integer("max", 0, Integer.MAX_VALUE, 0);
        return new PoolConfig(
                max == 0 ? OptionalInt.empty() : OptionalInt.of(max),
                member.integer("min", 0, Integer.MAX_VALUE, PoolConfig.DEFAULTS.min()),
                member.integer("smax", 0, Integer.MAX_VALUE),
                member.time("ttl", ChronoUnit.SECONDS, MILLISECOND),
                member.time("acquire", ChronoUnit.MILLIS, Duration.ZERO),
                member.integer("queue", 0, Integer.MAX_VALUE, PoolConfig.DEFAULTS.queue()),
                member.time("connectiontimeout", ChronoUnit.SECONDS, MILLISECOND)
                        .orElse(timeout),
                timeout,
                member.time("ping", ChronoUnit.SECONDS, Duration.ZERO).orElse(PoolConfig.DEFAULTS.ping()),
                member.flag("keepalive", PoolConfig.DEFAULTS.keepAlive()),
                reuse(member),
                addressTtl(member),
                buffer(member, "iobuffersize", 512, defaults.ioBufferSize()),
                buffer(member, "receivebuffersize", 512, defaults.receiveBufferSize()),
                buffer(member, "responsefieldsize", 512, PoolConfig.DEFAULTS.responseFieldSize()),
                defaults.sourceAddress(),
                remote,
                secret(member));
    }

    /** httpd takes a secret of up to 63 characters. */
    private static Optional<Secret> secret(Values member) {
        Optional<Entry> entry = member.entry("secret");
        if (entry.isPresent() && !entry.get().value().matches("[ -~]{1,63}")) {
            member.problems().error(entry.get().source(), "secret (expected: 1 to 63 printable ASCII characters)");
            return Optional.empty();
        }
        return entry.map(Entry::value).map(Secret::new);
    }

    private static boolean reuse(Values member) {
        Optional<Boolean> disable = member.flag("disablereuse");
        Optional<Boolean> enable = member.flag("enablereuse");
        if (disable.isPresent() && disable.equals(enable)) {
            member.entry("enablereuse")
                    .ifPresent(e -> member.bad(e, "not the same as disablereuse, which says the opposite"));
        }
        return enable.orElseGet(() -> !disable.orElse(false));
    }

    /** httpd's −1 is "until restart", so as long as the JVM's own rule says. */
    private static Optional<Duration> addressTtl(Values member) {
        if (member.text("addressttl").filter(text -> text.strip().equals("-1")).isPresent()) {
            return Optional.empty();
        }
        return member.time("addressttl", ChronoUnit.SECONDS, Duration.ZERO);
    }

    private static int buffer(Values member, String key, int min, int otherwise) {
        OptionalLong size = member.size(key, min, LARGEST_BUFFER, true);
        return size.isPresent() ? (int) size.getAsLong() : otherwise;
    }
}
