package org.fairlead.balancer;

import java.util.Set;
import org.fairlead.model.MemberConfig.StatusFlag;

/**
 * The truth table: what follows from a member's flags, those that the operator set and those that were observed.
 *
 * <pre>
 *                       usable   takes new requests          serves its own sessions
 *   (none)              yes      yes                         yes
 *   I  ignore errors    yes      yes                         yes
 *   H  standby          yes      when its set has no other   yes
 *   R  spare            yes      one per unusable member     yes
 *   N  draining         yes      no                          yes
 *   D  disabled         no       no                          no
 *   S  stopped          no       no                          no
 *   E  in error         no       no                          no     ends by itself, unless S
 *   C  probe failed     no       no                          no     ends by a passed probe only
 *   ejected             no       no                          no     ends by itself, unless S
 * </pre>
 *
 * Flags add up: one that says no wins (mod_proxy.h, PROXY_WORKER_IS_USABLE).
 *
 * @param bits one for each {@link StatusFlag} by its ordinal, and {@link #EJECTED}
 */
public record MemberStatus(int bits) {
    static final int EJECTED = 1 << 16;
    private static final int DISABLED = bit(StatusFlag.DISABLED);
    private static final int STOPPED = bit(StatusFlag.STOPPED);
    private static final int IGNORE_ERRORS = bit(StatusFlag.IGNORE_ERRORS);
    private static final int SPARE = bit(StatusFlag.SPARE);
    private static final int STANDBY = bit(StatusFlag.STANDBY);
    private static final int ERROR = bit(StatusFlag.ERROR);
    private static final int DRAIN = bit(StatusFlag.DRAIN);
    private static final int PROBE_FAILED = bit(StatusFlag.HEALTH_CHECK_FAILED);
    private static final int OUT_OF_SERVICE = DISABLED | STOPPED;
    private static final int UNUSABLE = OUT_OF_SERVICE | ERROR | PROBE_FAILED | EJECTED;

    /** Returns the status that these flags make. */
    public static MemberStatus of(Set<StatusFlag> flags, boolean ejected) {
        int bits = ejected ? EJECTED : 0;
        for (StatusFlag flag : flags) {
            bits |= bit(flag);
        }
        return new MemberStatus(bits);
    }

    static int bit(StatusFlag flag) {
        return 1 << flag.ordinal();
    }

    private boolean any(int mask) {
        return (bits & mask) != 0;
    }

    public boolean has(StatusFlag flag) {
        return any(bit(flag));
    }

    /** Whether requests may be sent to it at all: no flag says that it is out of service or broken. */
    public boolean isUsable() {
        return !any(UNUSABLE);
    }

    /** Whether the operator took it out of service (D or S); no observation changes that. */
    public boolean isOutOfService() {
        return any(OUT_OF_SERVICE);
    }

    public boolean isStopped() {
        return any(STOPPED);
    }

    public boolean isInError() {
        return any(ERROR);
    }

    public boolean isProbeFailed() {
        return any(PROBE_FAILED);
    }

    public boolean isEjected() {
        return any(EJECTED);
    }

    public boolean isDraining() {
        return any(DRAIN);
    }

    /** Whether its errors are ignored (I). */
    public boolean ignoresErrors() {
        return any(IGNORE_ERRORS);
    }

    public boolean isStandby() {
        return any(STANDBY);
    }

    public boolean isSpare() {
        return any(SPARE);
    }

    /** Whether it is neither spare nor standby, so that a spare may replace it. */
    public boolean isNormal() {
        return !any(SPARE | STANDBY);
    }

    /** Whether time alone will bring it back: E or an ejection, and not stopped. */
    public boolean isReturning() {
        return any(ERROR | EJECTED) && !any(STOPPED);
    }

    /** httpd's words in httpd's order, {@code Ok} last, and {@code Ejct} for an ejection, which httpd lacks. */
    public String words() {
        StringBuilder words = new StringBuilder();
        word(words, IGNORE_ERRORS, "Ign");
        word(words, DRAIN, "Drn");
        word(words, DISABLED, "Dis");
        word(words, STOPPED, "Stop");
        word(words, ERROR, "Err");
        word(words, STANDBY, "Stby");
        word(words, SPARE, "Spar");
        word(words, PROBE_FAILED, "HcFl");
        word(words, EJECTED, "Ejct");
        if (isUsable()) {
            words.append("Ok");
        }
        return words.toString().strip();
    }

    private void word(StringBuilder words, int mask, String word) {
        if (any(mask)) {
            words.append(word).append(' ');
        }
    }

    @Override
    public String toString() {
        return words();
    }
}
