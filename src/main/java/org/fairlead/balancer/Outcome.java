package org.fairlead.balancer;

import java.util.List;

/** What came of an election. */
sealed interface Outcome {
    /** @param routeChanged as {@link Lease#routeChanged()} */
    record Elected(Member member, boolean routeChanged) implements Outcome {}

    /**
     * There are members for this request, and each is at its {@code max}.
     *
     * @param members those whose place would do, at least one
     * @param own whether it is the session's own member, so that no other will do
     */
    record Full(List<Member> members, boolean own) implements Outcome {}

    /**
     * No member may serve it.
     *
     * @param reason for the log
     * @param dueAt when time alone brings one back, on the balancer's clock; {@link Long#MAX_VALUE} = never
     */
    record Nobody(String reason, long dueAt) implements Outcome {
        /** Before there was any election. */
        static final Nobody YET = new Nobody("not asked yet", Long.MAX_VALUE);
    }
}
