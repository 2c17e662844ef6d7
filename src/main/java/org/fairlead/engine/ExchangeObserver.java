package org.fairlead.engine;

import java.util.List;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.http.Headers;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.Settings;
import org.fairlead.route.Host;

/**
 * Port: hears what becomes of one exchange, for those who tell of it afterwards. It is called on the exchange's thread, must
 * not block, and changes nothing. Each method does nothing by default.
 */
public interface ExchangeObserver {
    /** Nobody asks. */
    ExchangeObserver NONE = new ExchangeObserver() {};

    /**
     * Which host serves it, with what settings; called first of all, and again when the sections it lies in have been
     * decided on.
     */
    default void served(Host host, Settings settings) {}

    /**
     * It is to go to members, if it may.
     *
     * @param target path and query, to be put behind the member's own path
     */
    default void forwarded(Balancer balancer, String target) {}

    /**
     * What {@code RequestHeader} rules have made of its fields; not called where there are none.
     *
     * @param fields belong to the attempt: to be copied by who keeps them
     */
    default void requestFields(List<HeaderRule> rules, Headers fields) {}

    /** An attempt begins. @param queuedNanos how long this member had to be waited for */
    default void attempted(Member member, long queuedNanos) {}

    /**
     * A member has answered.
     *
     * @param connectedNanos from the attempt's beginning until a connection was at hand
     * @param headNanos from the attempt's beginning until the head of its answer was there
     */
    default void answered(int status, long connectedNanos, long headNanos) {}
}
