package org.fairlead.balancer;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The value of the sticky cookie that we set: a keyed hash of the balancer's and the member's name, so that it tells
 * neither, and that every Fairlead with the same configuration, now and after a restart, reads what any other wrote.
 * There is nothing to forge: a value can only be one of the members' or nobody's.
 */
final class SessionToken {
    /** 144 bits, 24 letters of base64url. */
    private static final int BYTES = 18;

    private static final String CONTEXT = "fairlead sticky cookie 1: ";

    private SessionToken() {}

    static String of(String balancer, String member) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec((CONTEXT + balancer).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] hash = mac.doFinal(member.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("HmacSHA256 is in every Java runtime", e);
        }
    }
}
