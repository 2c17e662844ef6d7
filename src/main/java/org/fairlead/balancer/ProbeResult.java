package org.fairlead.balancer;

import java.time.Duration;
import java.time.Instant;

/**
 * The result of one probe.
 *
 * @param passed whether the member responded as expected
 * @param at when the probe ended
 * @param duration how long it took
 * @param detail why it failed, for an operator; empty if it passed
 */
public record ProbeResult(boolean passed, Instant at, Duration duration, String detail) {}
