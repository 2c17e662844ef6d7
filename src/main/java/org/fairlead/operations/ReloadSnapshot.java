package org.fairlead.operations;

import java.time.Instant;
import java.util.List;

/**
 * The result of the last reload of the configuration.
 *
 * @param successful whether the running configuration is that of the files
 * @param lastAttempt when the files were last read; the start counts
 * @param lastSuccess when the running configuration was put in force
 * @param problems why the last attempt was refused, one line each; empty if it was not
 * @param successes how many configurations were put in force, the first included
 * @param refusals how many were refused
 */
public record ReloadSnapshot(
        boolean successful,
        Instant lastAttempt,
        Instant lastSuccess,
        List<String> problems,
        long successes,
        long refusals) {
    public ReloadSnapshot {
        problems = List.copyOf(problems);
    }

    /** A first configuration, taken over just now. */
    public static ReloadSnapshot started(Instant now) {
        return new ReloadSnapshot(true, now, now, List.of(), 1, 0);
    }

    /** One that was taken over just now. */
    public ReloadSnapshot taken(Instant now) {
        return new ReloadSnapshot(true, now, now, List.of(), successes + 1, refusals);
    }

    /** One that was refused just now, so that this one's goes on. */
    public ReloadSnapshot refused(Instant now, List<String> why) {
        return new ReloadSnapshot(false, now, lastSuccess, why, successes, refusals + 1);
    }
}
