package org.fairlead.balancer;

import java.time.Duration;
import java.util.Set;
import org.fairlead.model.MemberConfig.StatusFlag;

/**
 * A member's administrative and observed state, and the transitions between states. Guarded by its own monitor, which
 * calls nothing and never blocks; the status is read without it. Every transition returns whether the status changed.
 * Times are of the member's clock, in nanoseconds.
 */
final class MemberState {
    /** The longest an ejection grows to, in units of its first length. */
    private static final int MAX_EJECTION_FACTOR = 10;

    private static final int ERROR = MemberStatus.bit(StatusFlag.ERROR);
    private static final int PROBE_FAILED = MemberStatus.bit(StatusFlag.HEALTH_CHECK_FAILED);

    private int observed;
    private long errorSince;
    private long retryAt;
    private long ejectedUntil;
    private int ejectionFactor;
    private long retries;
    private volatile AdminState orders;
    private volatile MemberStatus status;
    private volatile int failuresInARow;
    /** Since when it is usable after it was not; {@link Long#MIN_VALUE} = from the start. */
    private volatile long usableSince = Long.MIN_VALUE;

    /** @param start the flags of the file; its E is due for a retry at once, as httpd's is */
    MemberState(AdminState orders, Set<StatusFlag> start, long now) {
        this.orders = orders;
        this.retryAt = now;
        this.errorSince = now;
        if (start.contains(StatusFlag.ERROR)) {
            observed |= ERROR;
        }
        if (start.contains(StatusFlag.HEALTH_CHECK_FAILED)) {
            observed |= PROBE_FAILED;
        }
        this.status = compose();
    }

    /** Returns a copy that changes independently. */
    synchronized MemberState copy() {
        MemberState copy = new MemberState(orders, Set.of(), retryAt);
        copy.observed = observed;
        copy.errorSince = errorSince;
        copy.ejectedUntil = ejectedUntil;
        copy.ejectionFactor = ejectionFactor;
        copy.retries = retries;
        copy.failuresInARow = failuresInARow;
        copy.usableSince = usableSince;
        copy.status = copy.compose();
        return copy;
    }

    MemberStatus status() {
        return status;
    }

    AdminState orders() {
        return orders;
    }

    int failuresInARow() {
        return failuresInARow;
    }

    long usableSince() {
        return usableSince;
    }

    /** Marks it as added to a running balancer: its slow start begins now. */
    void joined(long now) {
        usableSince = now;
    }

    synchronized boolean order(AdminState next, long now) {
        orders = next;
        return publish(now);
    }

    /** In error for {@code retry} from now on, unless I forbids it. */
    synchronized boolean fail(long now, Duration retry) {
        if (status.ignoresErrors()) {
            return false;
        }
        errorSince = now;
        retryAt = now + retry.toNanos();
        observed |= ERROR;
        return publish(now);
    }

    /** Ends an error or an ejection that has lasted long enough. A stopped member stays as it is. */
    synchronized boolean retryIfDue(long now) {
        if (!status.isReturning()) {
            return false;
        }
        if ((observed & ERROR) != 0 && (status.ignoresErrors() || now - retryAt >= 0)) {
            retries++;
            observed &= ~ERROR;
        }
        if ((observed & MemberStatus.EJECTED) != 0 && now - ejectedUntil >= 0) {
            observed &= ~MemberStatus.EJECTED;
        }
        return publish(now);
    }

    /** When {@link #retryIfDue} will next change something; {@link Long#MAX_VALUE} = never. */
    synchronized long dueAt(long now) {
        if (!status.isReturning()) {
            return Long.MAX_VALUE;
        }
        long due = Long.MAX_VALUE;
        if ((observed & ERROR) != 0) {
            due = status.ignoresErrors() ? now : retryAt;
        }
        if ((observed & MemberStatus.EJECTED) != 0) {
            due = due == Long.MAX_VALUE || ejectedUntil - due < 0 ? ejectedUntil : due;
        }
        return due;
    }

    /** Ends error and ejection at once ({@code forcerecovery}); a failed probe still counts. */
    synchronized boolean recover(long now) {
        retries++;
        observed &= ~(ERROR | MemberStatus.EJECTED);
        return publish(now);
    }

    /** Records a probe's result; a pass also ends an error (mod_proxy_hcheck). */
    synchronized boolean probed(boolean passed, long now) {
        if (passed) {
            observed &= ~(PROBE_FAILED | ERROR);
        } else {
            observed |= PROBE_FAILED;
        }
        return publish(now);
    }

    /** Counts a consecutive failure and returns how many there are now. */
    synchronized int countFailure() {
        return ++failuresInARow;
    }

    /** Resets the count of consecutive failures. */
    void countSuccess() {
        if (failuresInARow != 0) {
            synchronized (this) {
                failuresInARow = 0;
            }
        }
    }

    /**
     * Ejects it for {@code base} × the number of its recent ejections: each {@code base} that passed since the last
     * ejection ended lowers that number by one.
     */
    synchronized boolean eject(long now, Duration base) {
        long forgiven = ejectionFactor == 0 ? 0 : Math.max(0, now - ejectedUntil) / base.toNanos();
        ejectionFactor = (int) Math.min(MAX_EJECTION_FACTOR, Math.max(0, ejectionFactor - forgiven) + 1);
        ejectedUntil = now + base.multipliedBy(ejectionFactor).toNanos();
        failuresInARow = 0;
        observed |= MemberStatus.EJECTED;
        return publish(now);
    }

    /** Whether an ejection lasts at this moment, also if no call has ended it yet. */
    synchronized boolean isEjected(long now) {
        return status.isEjected() && now - ejectedUntil < 0;
    }

    synchronized long errorSince() {
        return errorSince;
    }

    synchronized long retries() {
        return retries;
    }

    private boolean publish(long now) {
        MemberStatus before = status;
        MemberStatus after = compose();
        if (before.equals(after)) {
            return false;
        }
        boolean took = before.isUsable() && !before.isDraining();
        boolean takes = after.isUsable() && !after.isDraining();
        if (takes && !took) {
            usableSince = now;
        }
        status = after;
        return true;
    }

    private MemberStatus compose() {
        return new MemberStatus(MemberStatus.of(orders.flags(), false).bits() | observed);
    }
}
