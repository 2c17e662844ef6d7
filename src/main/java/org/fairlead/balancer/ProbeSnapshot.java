package org.fairlead.balancer;

import java.util.Optional;

/**
 * A member's probes up to one moment.
 *
 * @param passed how many passed
 * @param failed how many failed
 * @param last the latest one; empty = there was none yet
 */
public record ProbeSnapshot(long passed, long failed, Optional<ProbeResult> last) {}
