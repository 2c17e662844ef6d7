package org.fairlead.upstream;

import java.security.Security;
import java.time.Duration;
import java.util.Optional;

/**
 * The JVM's own cache of the addresses of names ({@code networkaddress.cache.ttl}), which lies below every lookup. The
 * launcher turns it off before the first one, so that {@code addressttl} and {@code resolve} hold; in a container it
 * belongs to the whole JVM and stays. Thread-safe.
 */
public final class JvmAddressCache {
    private static final String TTL = "networkaddress.cache.ttl";
    private static final String NEGATIVE_TTL = "networkaddress.cache.negative.ttl";
    private static final String STALE_TTL = "networkaddress.cache.stale.ttl";
    private static final String OLDER_TTL = "sun.net.inetaddr.ttl";
    private static final Duration JDK_DEFAULT = Duration.ofSeconds(30);
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private static volatile Optional<Duration> replaced = Optional.empty();

    private JvmAddressCache() {}

    /** Turns the cache off. Does so only if the JVM has looked up no name yet. A second call changes nothing. */
    public static synchronized void turnOff() {
        if (replaced.isEmpty()) {
            Duration rule = configured();
            Security.setProperty(TTL, "0");
            Security.setProperty(NEGATIVE_TTL, "0");
            Security.setProperty(STALE_TTL, "0");
            replaced = Optional.of(rule);
        }
    }

    /**
     * The time that addresses of members without {@code addressttl} are kept instead; empty while the JVM's cache is
     * on.
     */
    static Optional<Duration> replacedRule() {
        return replaced;
    }

    /** The time that the cache keeps an address, whatever a caller asks for; zero once it is off. */
    static Duration ttl() {
        return replaced.isPresent() ? Duration.ZERO : configured();
    }

    private static Duration configured() {
        return seconds(Security.getProperty(TTL))
                .or(() -> seconds(System.getProperty(OLDER_TTL)))
                .orElse(JDK_DEFAULT);
    }

    /** A number below zero is "for ever"; a text that is no number is ignored, as the JDK does. */
    private static Optional<Duration> seconds(String text) {
        try {
            return Optional.ofNullable(text)
                    .map(String::strip)
                    .map(Integer::valueOf)
                    .map(number -> number < 0 ? FOR_EVER : Duration.ofSeconds(number));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
