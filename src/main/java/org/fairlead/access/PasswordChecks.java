package org.fairlead.access;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The password checks of one process: bounded, cached for a minute where they passed, and delayed after repeated
 * failures of one name from one address. It outlives configurations, so that a reload forgets no failure. Thread-safe.
 */
public final class PasswordChecks {
    /** The {@code Retry-After} of a client that comes while too many checks wait. */
    private static final Duration BUSY_DELAY = Duration.ofSeconds(1);

    private static final String BCRYPT = "$2";

    private final KnownPasswords known;
    private final FailedLogins failures;
    private final TokenLogin tokens;

    public PasswordChecks(Passwords passwords) {
        this(passwords, System::nanoTime);
    }

    PasswordChecks(Passwords passwords, LongSupplier nanoTime) {
        this.known = new KnownPasswords(new BoundedPasswords(passwords), nanoTime);
        this.failures = new FailedLogins(nanoTime);
        this.tokens = new TokenLogin(failures, nanoTime);
    }

    /**
     * The result of a check.
     *
     * @param retryAfter the delay before the client may try again; if present, nothing was compared
     */
    record Result(Passwords.Outcome outcome, Optional<Duration> retryAfter) {
        private static Result delayed(Duration delay) {
            return new Result(Passwords.Outcome.WRONG, Optional.of(delay));
        }
    }

    /** Logins by token; their failures are kept here as well. */
    TokenLogin tokens() {
        return tokens;
    }

    /**
     * Checks a password; blocks while others are checked. An unknown user takes as long as a known one.
     *
     * @param users password hashes by user
     */
    Result check(Credentials sent, String address, Map<String, String> users) {
        String hash = users.get(sent.user());
        if (hash != null && known.isKnown(sent.user(), sent.password(), hash)) {
            return new Result(Passwords.Outcome.RIGHT, Optional.empty());
        }
        FailedLogins.Key key = new FailedLogins.Key(sent.user(), address);
        Optional<Duration> delay = failures.delay(key);
        if (delay.isPresent()) {
            return Result.delayed(delay.get());
        }
        try {
            Passwords.Outcome outcome = compare(sent, hash, users);
            if (outcome == Passwords.Outcome.RIGHT) {
                failures.succeeded(key);
            } else {
                failures.failed(key);
            }
            return new Result(outcome, Optional.empty());
        } catch (BoundedPasswords.BusyException e) {
            return Result.delayed(BUSY_DELAY);
        }
    }

    private Passwords.Outcome compare(Credentials sent, String hashOrNull, Map<String, String> users)
            throws BoundedPasswords.BusyException {
        if (hashOrNull != null) {
            return known.compare(sent.user(), sent.password(), hashOrNull);
        }
        Optional<String> likely = likelyHash(users);
        if (likely.isPresent()) {
            known.compareInVain(sent.password(), likely.get());
        }
        return Passwords.Outcome.WRONG;
    }

    /** A hash as costly as those of the file: the first of bcrypt, else any. */
    private static Optional<String> likelyHash(Map<String, String> users) {
        return users.values().stream()
                .filter(hash -> hash.startsWith(BCRYPT))
                .findFirst()
                .or(() -> users.values().stream().findFirst());
    }
}
