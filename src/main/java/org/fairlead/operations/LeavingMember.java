package org.fairlead.operations;

import java.time.Instant;
import org.fairlead.balancer.MemberSnapshot;

/**
 * A member that the configuration or an order has removed; shown until its last request is through, and for five
 * minutes at least.
 *
 * @param balancer the balancer it belonged to
 * @param since when it was removed
 */
public record LeavingMember(String balancer, MemberSnapshot member, Instant since) {}
