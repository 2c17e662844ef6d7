package org.fairlead.health;

import java.io.IOException;
import java.util.Optional;
import org.fairlead.balancer.Member;
import org.fairlead.http.Headers;
import org.fairlead.model.HealthCheckConfig;

/** Port to the members for health checks: each probe is a connection of its own, never one of the pool's. */
public interface Probe {
    /** The longest reason that one line of the log shows, in characters. */
    int LONGEST_REASON = 300;

    /**
     * Probes once, as {@code check} says, and blocks no longer than its timeout.
     *
     * @return the response; empty for {@code TCP}, where a connection is enough
     * @throws IOException if there is no connection or no response
     */
    Optional<Reply> ask(Member member, HealthCheckConfig check) throws IOException;

    /**
     * A member's response to a probe.
     *
     * @param body at most the first 64 KiB, ISO-8859-1; empty where there is none
     */
    record Reply(int status, Headers headers, String body) {}
}
