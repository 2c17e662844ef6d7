package org.fairlead.engine;

import java.util.List;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.counters.FailureKind;
import org.fairlead.http.Headers;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.Settings;
import org.fairlead.route.Host;
import org.fairlead.route.Match;

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
     * @param forward which route takes it, and the path and query to be put behind the member's own path
     */
    default void forwarded(Balancer balancer, Match.Forward forward) {}

    /**
     * It may not go on: a limit, an access rule or the like keeps it from members and handlers.
     *
     * @param by the phase that refuses it: one of a few fixed words
     * @param status what the client gets
     */
    default void refused(String by, int status) {}

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

    /**
     * An attempt has failed, or no member could be asked.
     *
     * @param retried whether another attempt follows; false = the client gets the error
     */
    default void failed(FailureKind kind, boolean retried) {}

    /**
     * The exchange is over; called last, once.
     *
     * @param status of the response; 0 = none was sent
     * @param bytes of the response's body
     * @param nanos from the exchange's beginning
     */
    default void ended(int status, long bytes, long nanos) {}
}
