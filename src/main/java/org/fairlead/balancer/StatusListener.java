package org.fairlead.balancer;

/** Port: is told of changes of members' status. It is called within selections, so it must not block. */
@FunctionalInterface
public interface StatusListener {
    /** A listener that ignores every change. */
    StatusListener NONE = (balancer, member, cause) -> {};

    /**
     * A member's status has changed.
     *
     * @param balancer the balancer's name
     * @param member in its new status
     * @param cause as {@link StateChange#cause}
     */
    void changed(String balancer, Member member, String cause);
}
