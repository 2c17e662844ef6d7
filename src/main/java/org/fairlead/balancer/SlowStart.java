package org.fairlead.balancer;

import java.time.Duration;
import java.util.List;

/** {@code slowstart}: the weight of a member that joined or came back grows, in a straight line, to its full size. */
final class SlowStart {
    /** The initial share: enough requests to warm up with. */
    private static final double MIN_SHARE = 0.1;

    private SlowStart() {}

    /** Sets the weights for the next selection. */
    static void weigh(List<Member> members, Duration length, long now) {
        if (length.isZero()) {
            return;
        }
        for (Member member : members) {
            int full = member.orders().loadFactorHundredths();
            long since = member.state().usableSince();
            double progress = since == Long.MIN_VALUE ? 1 : (double) (now - since) / length.toNanos();
            member.load().weight(progress >= 1 ? full : (int) Math.max(1, full * Math.max(MIN_SHARE, progress)));
        }
    }
}
