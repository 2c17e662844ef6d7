package org.fairlead.runtime;

import java.time.Instant;
import java.util.List;

/**
 * How the last attempt to take a configuration over has ended.
 *
 * @param successful whether what the files say is what runs
 * @param lastAttempt when the files were last read; the start counts
 * @param lastSuccess since when the running configuration runs
 * @param problems why the last attempt was refused, one line each; empty if it was not
 */
public record ReloadState(boolean successful, Instant lastAttempt, Instant lastSuccess, List<String> problems) {
    public ReloadState {
        problems = List.copyOf(problems);
    }

    /** A configuration that was taken over just now. */
    public static ReloadState taken(Instant now) {
        return new ReloadState(true, now, now, List.of());
    }

    /** One that was refused just now, so that this one's goes on. */
    public ReloadState refused(Instant now, List<String> why) {
        return new ReloadState(false, now, lastSuccess, why);
    }
}
