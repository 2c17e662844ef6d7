package org.fairlead.engine;

import java.util.List;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.balancer.SelectionPreview;
import org.fairlead.counters.FailureKind;
import org.fairlead.exchange.DecisionTrace;
import org.fairlead.http.Headers;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.Settings;
import org.fairlead.route.Host;
import org.fairlead.route.Match;

/**
 * Port: an observer of one exchange, for logs and metrics. It is called on the exchange's thread, must not block, and
 * changes nothing. Each method does nothing by default.
 */
public interface ExchangeObserver {
    /** An observer that ignores every event. */
    ExchangeObserver NONE = new ExchangeObserver() {};

    /** The trace that this observer wants of the decision; {@link DecisionTrace#NONE} = no details are wanted. */
    default DecisionTrace trace() {
        return DecisionTrace.NONE;
    }

    /**
     * The exchange has a host and settings. Called first of all, and again when the sections that the target lies in
     * have been decided.
     */
    default void served(Host host, Settings settings) {}

    /**
     * The request is to be forwarded, if it is allowed.
     *
     * @param forward the route that takes it, and the path and query to be appended to the member's own path
     */
    default void forwarded(Balancer balancer, Match.Forward forward) {}

    /**
     * The request is refused: a limit, an access rule or the like keeps it from members and handlers.
     *
     * @param by the phase that refuses it: one of a few fixed words
     * @param status the status that the client gets
     */
    default void refused(String by, int status) {}

    /**
     * {@code RequestHeader} rules have been applied to its fields; not called where there are no rules.
     *
     * @param fields belong to the attempt: an observer that keeps them must copy them
     */
    default void requestFields(List<HeaderRule> rules, Headers fields) {}

    /**
     * A member is about to be selected. Called only while the exchange has a trace.
     *
     * @param seen each member as the selection sees it at that moment
     */
    default void selecting(SelectionPreview seen) {}

    /** An attempt begins. @param queuedNanos the time that this member was waited for */
    default void attempted(Member member, long queuedNanos) {}

    /** The request was sent. Called only while the exchange has a trace. @param nanos from the attempt's beginning */
    default void sent(long nanos) {}

    /**
     * A member has responded.
     *
     * @param connectedNanos from the attempt's beginning until a connection was available
     * @param headNanos from the attempt's beginning until the head of the response was there
     */
    default void answered(int status, long connectedNanos, long headNanos) {}

    /**
     * An attempt has failed, or no member was available.
     *
     * @param retried whether another attempt follows; false = the client gets the error
     */
    default void failed(FailureKind kind, boolean retried) {}

    /**
     * Details of a failed attempt. Called before {@link #failed}, and only while the exchange has a trace.
     *
     * @param error what happened
     * @param next what follows, and why
     */
    default void attemptFailed(String error, String next) {}

    /**
     * The exchange is over; called last, once.
     *
     * @param status of the response; 0 = none was sent
     * @param bytes of the response's body
     * @param nanos from the exchange's beginning
     */
    default void ended(int status, long bytes, long nanos) {}
}
