package org.fairlead.balancer;

import java.util.List;

/** The result of a selection. */
sealed interface Selection {
    /** @param routeChanged as {@link Lease#routeChanged()} */
    record Selected(Member member, boolean routeChanged) implements Selection {}

    /**
     * At capacity: there are members for this request, and each is at its {@code max}.
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
        /** The value before there was any selection. */
        static final NoneAvailable YET = new NoneAvailable("not asked yet", Long.MAX_VALUE);
    }
}
