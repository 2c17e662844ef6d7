package org.fairlead.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were right a moment ago, so that a hash made to be slow is not computed for every request of a page.
 * What is kept is a digest under a key that this process alone knows, over the user, the password and the file's hash:
 * a changed password or file is a new question at once. Thread-safe.
 */
final class KnownPasswords {
    static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MAX_KEPT = 10_000;
    private static final String ALGORITHM = "HmacSHA256";

    private final Passwords passwords;
    private final LongSupplier nanoTime;
    private final SecretKeySpec key;
    private final Map<String, Long> right = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_KEPT;
        }
    };

    KnownPasswords(Passwords passwords, LongSupplier nanoTime) {
        this.passwords = passwords;
        this.nanoTime = nanoTime;
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    Passwords.Outcome compare(String user, byte[] password, String hash) {
        String digest = digest(user, password, hash);
        long now = nanoTime.getAsLong();
        synchronized (right) {
            Long until = right.get(digest);
            if (until != null && until - now > 0) {
                return Passwords.Outcome.RIGHT;
            }
        }
        Passwords.Outcome outcome = passwords.compare(password, hash);
        if (outcome == Passwords.Outcome.RIGHT) {
            synchronized (right) {
                right.remove(digest);
                right.put(digest, now + KEPT.toNanos());
            }
        }
        return outcome;
    }

    /** Users and hashes hold no NUL and passwords come last, so that no two questions look alike. */
    private String digest(String user, byte[] password, String hash) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((user + '\0' + hash + '\0').getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(mac.doFinal(password));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
