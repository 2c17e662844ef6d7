package org.fairlead.operations;

import java.time.Duration;

/**
 * A request under way at one moment.
 *
 * @param id the request's, as log and error pages have it
 * @param age since its head was read
 * @param method as the client sent it, cut to 32 characters
 * @param path normalised and without its query, cut to 200 characters
 * @param client the client's address
 * @param host {@code ServerName} of the host; empty = it has none, or is not known yet
 * @param balancer the balancer it goes to; empty = none, or not known yet
 * @param member {@link org.fairlead.balancer.MemberSnapshot#id} of the member it is at; empty = none
 * @param attempts the number of attempts
 * @param phase what it waits for
 */
public record RequestSnapshot(
        String id,
        Duration age,
        String method,
        String path,
        String client,
        String host,
        String balancer,
        String member,
        int attempts,
        RequestPhase phase) {}
