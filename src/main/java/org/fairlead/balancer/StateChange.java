package org.fairlead.balancer;

import java.time.Instant;

/**
 * The last change of a member's status.
 *
 * @param at since when the member has its status
 * @param cause why it changed, in a few words ({@code failed}, {@code probe passed}, {@code ordered})
 */
public record StateChange(Instant at, String cause) {}
