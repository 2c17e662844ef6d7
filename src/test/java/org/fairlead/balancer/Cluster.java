package org.fairlead.balancer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.BalancerConfig.EjectionConfig;
import org.fairlead.model.BalancerConfig.HashKey;
import org.fairlead.model.BalancerConfig.Method;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.model.PoolConfig;
import org.fairlead.model.Source;
import org.fairlead.model.StickyConfig;

/** A balancer for tests, on a clock that stands still until it is moved. Members are called by one word. */
final class Cluster {
    /** Held, as the logging library would forget its level otherwise; thousands of expected failures fill no log. */
    private static final Logger QUIET = Logger.getLogger(Member.class.getName());

    static {
        QUIET.setLevel(Level.OFF);
    }

    final AtomicLong clock = new AtomicLong(1_000_000_000_000L);
    /** Resting moves the clock, so a wait in vain is over at once. */
    LongConsumer rest = clock::addAndGet;

    String name = "c";
    boolean lone;
    Method method = Method.BYREQUESTS;
    Optional<StickyConfig> sticky = Optional.empty();
    boolean failover = true;
    OptionalInt maxAttempts = OptionalInt.empty();
    boolean forceRecovery = true;
    Set<Integer> failOnStatus = Set.of();
    boolean failOnTimeout;
    Duration timeout = Duration.ZERO;
    int growth;
    Duration slowStart = Duration.ZERO;
    Optional<EjectionConfig> ejection = Optional.empty();
    int retryBudget = 20;
    HashKey hashKey = HashKey.DEFAULT;
    final List<MemberConfig> members = new ArrayList<>();
    private Optional<Balancer> balancer = Optional.empty();

    static Cluster of(String... specs) {
        Cluster cluster = new Cluster();
        cluster.members(specs);
        return cluster;
    }

    /** Each is {@code name key=value …}: factor, set, route, redirect, retry (s), flags, max, queue, acquire (ms). */
    Cluster members(String... specs) {
        for (String spec : specs) {
            members.add(member(spec));
        }
        return this;
    }

    static MemberConfig member(String spec) {
        String[] words = spec.trim().split("\\s+");
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            values.put(pair[0], pair[1]);
        }
        PoolConfig d = PoolConfig.DEFAULTS;
        PoolConfig pool = new PoolConfig(
                values.containsKey("max") ? OptionalInt.of(Integer.parseInt(values.get("max"))) : d.max(),
                d.min(),
                d.smax(),
                d.ttl(),
                Optional.ofNullable(values.get("acquire")).map(ms -> Duration.ofMillis(Long.parseLong(ms))),
                Integer.parseInt(values.getOrDefault("queue", "0")),
                d.connectTimeout(),
                d.timeout(),
                d.ping(),
                d.keepAlive(),
                d.reuse(),
                d.addressTtl(),
                d.ioBufferSize(),
                d.receiveBufferSize(),
                d.responseFieldSize(),
                d.sourceAddress(),
                d.remote(),
                d.secret());
        MemberConfig m = MemberConfig.of(words[0], 80);
        return new MemberConfig(
                words[0],
                m.address(),
                m.path(),
                (int) Math.round(100 * Double.parseDouble(values.getOrDefault("factor", "1"))),
                Integer.parseInt(values.getOrDefault("set", "0")),
                values.getOrDefault("route", ""),
                values.getOrDefault("redirect", ""),
                flags(values.getOrDefault("flags", "")),
                Duration.ofSeconds(Long.parseLong(values.getOrDefault("retry", "60"))),
                m.upgrade(),
                m.resolve(),
                pool,
                m.health(),
                m.tls(),
                m.source());
    }

    static Set<StatusFlag> flags(String letters) {
        Set<StatusFlag> flags = EnumSet.noneOf(StatusFlag.class);
        for (StatusFlag flag : StatusFlag.values()) {
            if (letters.indexOf(flag.letter()) >= 0) {
                flags.add(flag);
            }
        }
        return flags;
    }

    Cluster sticky(String cookieAndParameter) {
        String[] names = cookieAndParameter.split("\\|");
        sticky = Optional.of(
                new StickyConfig(names[0], names[names.length - 1], Optional.of('.'), false, Optional.empty()));
        return this;
    }

    BalancerConfig config() {
        return new BalancerConfig(
                name,
                lone,
                members,
                method,
                sticky,
                failover,
                maxAttempts,
                forceRecovery,
                failOnStatus,
                failOnTimeout,
                timeout,
                growth,
                Optional.empty(),
                slowStart,
                ejection,
                retryBudget,
                hashKey,
                Source.NONE);
    }

    /** The balancer; made once, by the first call. */
    Balancer balancer() {
        if (balancer.isEmpty()) {
            balancer = Optional.of(new Balancer(
                    config(),
                    new BalancerEnvironment(clock::get, new SplittableRandom(42), nanos -> rest.accept(nanos))));
        }
        return balancer.get();
    }

    /** From now on the balancer is the one that succeeded. */
    Cluster succeed() {
        balancer = Optional.of(balancer().succeed(config()));
        return this;
    }

    Member get(String member) {
        return balancer().members().stream()
                .filter(m -> m.name().equals(member))
                .findFirst()
                .orElseThrow();
    }

    void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    static Affinity route(String route) {
        return new Affinity(Optional.of(route), Optional.of("S"), "");
    }

    static Affinity key(String key) {
        return new Affinity(Optional.empty(), Optional.empty(), key);
    }

    Lease lease(Affinity wish) throws NoMemberException {
        return balancer().lease(wish, List.of());
    }

    /** One request that is answered at once: who got it, or {@code -}. */
    String request(Affinity wish, Member... tried) {
        try (Lease lease = balancer().lease(wish, List.of(tried))) {
            return lease.member().name();
        } catch (NoMemberException e) {
            return "-";
        }
    }

    String request() {
        return request(Affinity.NONE);
    }

    /** So many requests, one after the other: who got them, without blanks. */
    String requests(int count) {
        StringBuilder got = new StringBuilder();
        for (int i = 0; i < count; i++) {
            got.append(request());
        }
        return got.toString();
    }

    /** A request to exactly this member fails. */
    void fail(String member) {
        new MemberLease(get(member), false, verdict()).failed();
    }

    private PassiveHealth verdict() {
        return balancer().verdict();
    }
}
