package org.fairlead.access;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.fairlead.concurrent.DaemonThreads;

/**
 * A limiter of password checks, so that they leave processors for other work: it bounds concurrent and waiting checks,
 * in order of arrival. A check runs on a platform thread of its own. A computation on a virtual thread holds its
 * carrier until its end, and there are as many carriers as processors. Thread-safe.
 */
final class BoundedPasswords {
    static final int MAX_AT_ONCE = 2;
    static final int MAX_WAITING = 64;

    private final Passwords passwords;
    private final Semaphore permits = new Semaphore(MAX_AT_ONCE, true);

    BoundedPasswords(Passwords passwords) {
        this.passwords = passwords;
    }

    /** Too many checks wait already. */
    static final class BusyException extends Exception {
        BusyException() {
            super("more than " + MAX_WAITING + " password checks wait", null, false, false);
        }
    }

    /** As {@link Passwords#compare}, after earlier checks. */
    Passwords.Outcome compare(byte[] password, String hash) throws BusyException {
        if (permits.getQueueLength() >= MAX_WAITING) {
            throw new BusyException();
        }
        FutureTask<Passwords.Outcome> check = new FutureTask<>(() -> passwords.compare(password, hash));
        try {
            permits.acquire();
            try {
                DaemonThreads.called("fairlead-password").newThread(check).start();
                return check.get();
            } finally {
                permits.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password check failed", e.getCause());
        }
    }
}
