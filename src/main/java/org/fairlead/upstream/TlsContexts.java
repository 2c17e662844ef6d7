package org.fairlead.upstream;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.MemberTlsConfig;

/** One TLS context for all members that are trusted in the same way, so that they share what is costly. Thread-safe. */
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
