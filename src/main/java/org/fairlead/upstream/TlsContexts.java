package org.fairlead.upstream;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.MemberTlsConfig;

/**
 * A cache of TLS contexts: one for all members with the same trust settings, so that they share costly parts.
 * Thread-safe.
 */
final class TlsContexts {
    private final ConcurrentHashMap<MemberTlsConfig, MemberTls> known = new ConcurrentHashMap<>();

    /**
     * Returns the context of a secure member; empty for a plain one.
     *
     * @throws IllegalArgumentException as {@link MemberTls#MemberTls} does
     */
    Optional<MemberTls> of(MemberConfig config) {
        return config.address().secure()
                ? Optional.of(known.computeIfAbsent(config.tls(), MemberTls::new))
                : Optional.empty();
    }
}
