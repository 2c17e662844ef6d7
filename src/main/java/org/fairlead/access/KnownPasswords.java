package org.fairlead.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A cache of recently verified passwords, so that a slow hash is not computed for every request of a page. It keeps a
 * digest under a key that only this process knows, over the user, the password and the file's hash. So a changed
 * password or file is a cache miss at once. Thread-safe.
 */
final class KnownPasswords {
    static final Duration MAX_AGE = Duration.ofMinutes(1);
    private static final int MAX_ENTRIES = 10_000;

    private final BoundedPasswords passwords;
    private final LongSupplier nanoTime;
    private final byte[] key = new byte[32];
    private final Map<String, Long> right = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    KnownPasswords(BoundedPasswords passwords, LongSupplier nanoTime) {
        this.passwords = passwords;
        this.nanoTime = nanoTime;
        new SecureRandom().nextBytes(key);
    }

    /** Whether this password was verified recently. */
    boolean isKnown(String user, byte[] password, String hash) {
        String digest = digest(user, password, hash);
        synchronized (right) {
            Long until = right.get(digest);
            return until != null && until - nanoTime.getAsLong() > 0;
        }
    }

    /** As {@link BoundedPasswords#compare}, unless it {@linkplain #isKnown is known}. */
    Passwords.Outcome compare(String user, byte[] password, String hash) throws BoundedPasswords.BusyException {
        if (isKnown(user, password, hash)) {
            return Passwords.Outcome.RIGHT;
        }
        Passwords.Outcome outcome = passwords.compare(password, hash);
        if (outcome == Passwords.Outcome.RIGHT) {
            String digest = digest(user, password, hash);
            synchronized (right) {
                right.remove(digest);
                right.put(digest, nanoTime.getAsLong() + MAX_AGE.toNanos());
            }
        }
        return outcome;
    }

    /** Takes as long as a comparison; the result is ignored. */
    void compareInVain(byte[] password, String hash) throws BoundedPasswords.BusyException {
        passwords.compare(password, hash);
    }

    /**
     * Users and hashes hold no NUL and the password comes last, so that no two inputs collide. The digest never leaves
     * the process, so a key as its prefix is enough.
     */
    private String digest(String user, byte[] password, String hash) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(key);
            sha.update((user + '\0' + hash + '\0').getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(sha.digest(password));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
