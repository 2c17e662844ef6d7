package org.fairlead.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** httpd's nonces: one a balancer, new with each start. A form without the right one changes nothing. Thread-safe. */
final class Nonces {
    private final Map<String, String> nonces = new ConcurrentHashMap<>();

    /** @param balancer one that exists, so that there are no more nonces than balancers */
    String of(String balancer) {
        return nonces.computeIfAbsent(balancer, first -> UUID.randomUUID().toString());
    }

    boolean isRight(String balancer, Optional<String> sent) {
        return MessageDigest.isEqual(
                of(balancer).getBytes(StandardCharsets.UTF_8), sent.orElse("").getBytes(StandardCharsets.UTF_8));
    }
}
