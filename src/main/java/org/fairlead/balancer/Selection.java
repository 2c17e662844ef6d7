package org.fairlead.balancer;

import java.util.List;

/** What came of an election. */
sealed interface Selection {
    /** @param routeChanged as {@link Lease#routeChanged()} */
    record Selected(Member member, boolean routeChanged) implements Selection {}

    /**
     * There are members for this request, and each is at its {@code max}.
     *
     * @param members those whose place would do, at least one
     * @param own whether it is the session's own member, so that no other will do
     */
    record AtCapacity(List<Member> members, boolean own) implements Selection {}

    /**
     * No member may serve it.
     *
     * @param reason for the log
     * @param dueAt when time alone brings one back, on the balancer's clock; {@link Long#MAX_VALUE} = never
     */
    record NoneAvailable(String reason, long dueAt) implements Selection {
        /** Before there was any election. */
        static final NoneAvailable YET = new NoneAvailable("not asked yet", Long.MAX_VALUE);
    }
}
