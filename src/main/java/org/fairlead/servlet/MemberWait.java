package org.fairlead.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Function;
import org.fairlead.exchange.ClientWatch;
import org.fairlead.exchange.ContainerExtensions;
import org.fairlead.exchange.Suspension;

/** One request's wait for its member: with its thread, or suspended. Used by one thread at a time. */
final class MemberWait {
    private enum State {
        NONE,
        WITH_THREAD,
        SUSPENDED
    }

    private final HttpServletRequest request;
    private final Optional<ContainerExtensions> connector;
    private final AsyncSuspensions suspensions;
    private State state = State.NONE;
    private long since;
    private ClientWatch watch = ClientWatch.NONE;

    MemberWait(HttpServletRequest request, Optional<ContainerExtensions> connector, AsyncSuspensions suspensions) {
        this.request = request;
        this.connector = connector;
        this.suspensions = suspensions;
    }

    /**
     * Begins the wait, without a thread where the container and the state of the members allow it. Our own connector
     * suspends HTTP/1.1 cheaper than the Servlet API does; its HTTP/2 streams are suspended by the API.
     *
     * @return what has the request resumed; empty where its thread has to wait
     */
    Optional<Runnable> begin(Suspension suspension) {
        if (connector.isPresent() && !ServletHead.isHttp2(request)) {
            return connector.get().pause(suspension);
        }
        Optional<AsyncSuspensions.Held> resumption = suspensions.begin(request, suspension);
        if (resumption.isPresent()) {
            watch = watchClient(resumption.get()::leave);
            state = State.SUSPENDED;
            since = System.nanoTime();
        } else {
            state = State.WITH_THREAD;
            since = suspensions.policy().begins();
        }
        return resumption.map(Function.identity());
    }

    /** As {@link org.fairlead.exchange.Exchange#watchClient}. Not for an upgrade: what its client sends is the tunnel's. */
    ClientWatch watchClient(Runnable left) {
        return connector.isEmpty() || request.getHeader("Upgrade") != null
                ? ClientWatch.NONE
                : connector.get().watchClient(left);
    }

    /** Ends the wait if there is one: the member has responded or failed. */
    void end() {
        watch.close();
        watch = ClientWatch.NONE;
        switch (state) {
            case NONE -> {}
            case WITH_THREAD -> suspensions.policy().ends(since);
            case SUSPENDED -> suspensions.policy().responded(since);
        }
        state = State.NONE;
    }
}
