package org.fairlead.balancer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The value of the sticky cookie that we set: a hash of the balancer's and the member's name. It reveals neither name,
 * and every Fairlead with the same configuration, now and after a restart, reads the values of any other. A forged
 * value gains nothing: a value either is one of the members' or matches no member.
 */
final class SessionToken {
    /** 144 bits, 24 letters of base64url. */
    private static final int BYTES = 18;

    private static final String CONTEXT = "fairlead sticky cookie 1: ";

    private SessionToken() {}

    static String of(String balancer, String member) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] group = digest.digest((CONTEXT + balancer).getBytes(StandardCharsets.UTF_8));
            digest.update(group);
            byte[] hash = digest.digest(member.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every Java runtime", e);
        }
    }
}
