package org.fairlead.balancer;

import java.time.Duration;
import java.time.Instant;

/**
 * What one probe found.
 *
 * @param passed whether the member answered as it is expected to
 * @param at when the probe ended
 * @param duration how long it took
 * @param detail why it failed, for an operator; empty for one that passed
 */
public record ProbeResult(boolean passed, Instant at, Duration duration, String detail) {}
