package org.fairlead.operations;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.fairlead.engine.DryRunRequest;
import org.fairlead.engine.Explanation;

/** Port: the running proxy, as an operator sees and controls it. Thread-safe. */
public interface Operations {
    /** Takes a snapshot. Holds no lock that a selection waits for; costs some hundred microseconds. */
    ServerSnapshot snapshot();

    /** The way to change what runs. */
    OperatorOrders orders();

    /** Returns the drains that run, and the last one of each member that was drained. */
    List<DrainSnapshot> drains();

    /**
     * Waits until the drain of a member is over.
     *
     * @param member {@link org.fairlead.balancer.MemberSnapshot#id}
     * @return how it ended; empty if it has not within the time, or the member is not drained
     * @throws InterruptedException if the thread is to end
     */
    Optional<DrainSnapshot> awaitDrained(String balancer, String member, Duration time) throws InterruptedException;

    /** The latest events; certificates are looked at now. */
    EventLog events();

    /** Returns the oldest requests under way, oldest first. */
    List<RequestSnapshot> requests(int most);

    /** Returns the configuration that the files make, in the native form; its values are as the operator wrote them. */
    String configuration();

    /** The requests that were kept with the reasons of their decisions. */
    RequestRecorder recorder();

    /** Says what would become of a request now, without sending it; credentials are masked. */
    Explanation explain(DryRunRequest request);
}
