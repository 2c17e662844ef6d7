package org.fairlead.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.fairlead.balancer.BalancerSnapshot;

/**
 * httpd's nonces, one a balancer: that of {@code nonce=}, else one that is new with each start. A form without the right
 * one changes nothing. Thread-safe.
 */
final class Nonces {
    private final Map<String, String> nonces = new ConcurrentHashMap<>();

    /** @param balancer one that exists, so that there are no more nonces than balancers; empty = it needs none */
    String of(BalancerSnapshot balancer) {
        return balancer.config()
                .nonce()
                .orElseGet(() -> nonces.computeIfAbsent(
                        balancer.name(), first -> UUID.randomUUID().toString()));
    }

    /** Whether a balancer asks for a nonce at all ({@code nonce=None}). */
    static boolean isAsked(BalancerSnapshot balancer) {
        return !balancer.config().nonce().equals(Optional.of(""));
    }

    boolean isRight(BalancerSnapshot balancer, Optional<String> sent) {
        return !isAsked(balancer)
                || MessageDigest.isEqual(
                        of(balancer).getBytes(StandardCharsets.UTF_8),
                        sent.orElse("").getBytes(StandardCharsets.UTF_8));
    }
}
