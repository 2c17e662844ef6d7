package org.fairlead.health;

import java.io.IOException;
import java.util.Optional;
import org.fairlead.balancer.Member;
import org.fairlead.http.Headers;
import org.fairlead.model.HealthCheckConfig;

/** Port to the members for health checks: each probe is a connection of its own, never one of the pool's. */
public interface Probe {
    /** Characters of a reason that one line of the log shows. */
    int LONGEST_REASON = 300;

    /**
     * Asks once, as {@code check} says, and blocks no longer than its timeout.
     *
     * @return the answer; empty for {@code TCP}, where a connection is the answer
     * @throws IOException if there is no connection or no answer
     */
    Optional<Reply> ask(Member member, HealthCheckConfig check) throws IOException;

    /**
     * What a member said.
     *
     * @param body at most the first 64 KiB, ISO-8859-1; empty where there is none
     */
    record Reply(int status, Headers headers, String body) {}
}
