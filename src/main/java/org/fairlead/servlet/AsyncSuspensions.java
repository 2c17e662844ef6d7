package org.fairlead.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fairlead.exchange.Suspension;

/**
 * Suspended requests in a container that has no connector of ours: the Servlet API's asynchronous processing.
 *
 * <p>A request that waits for its member is suspended by {@code startAsync}, and its thread goes back to the container.
 * When the member's connection becomes readable, the poller's thread has the container dispatch the request. So it is
 * resumed on one of the container's threads, and an exception there ends it as it would the first time. Thread-safe.
 */
final class AsyncSuspensions implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AsyncSuspensions.class.getName());
    private static final String ATTRIBUTE = AsyncSuspensions.class.getName();
    private static final String RESUME_PATH = "/fairlead-resume";

    private final Set<Held> held = ConcurrentHashMap.newKeySet();
    private final SuspensionPolicy policy = new SuspensionPolicy(System::nanoTime);
    private volatile boolean closed;

    /**
     * A request without a thread. Running it has the container dispatch the request, once. A dispatch that was asked
     * for may never arrive, since a container drops that of an HTTP/2 stream that is reset meanwhile. So only the arrival
     * counts as a resumption: until then the loss of the client still cancels the wait.
     */
    final class Held implements Runnable, AsyncListener {
        private final AsyncContext context;
        private final Suspension suspension;
        private final String path;
        private final AtomicBoolean dispatched = new AtomicBoolean();
        /** Set by the one call that resumes or cancels the suspension. */
        private final AtomicBoolean settled = new AtomicBoolean();

        Held(AsyncContext context, Suspension suspension, String path) {
            this.context = context;
            this.suspension = suspension;
            this.path = path;
        }

        @Override
        public void run() {
            if (settled.get() || !dispatched.compareAndSet(false, true)) {
                return;
            }
            try {
                context.dispatch(path);
            } catch (IllegalStateException e) {
                LOG.log(System.Logger.Level.DEBUG, "a suspended request has ended by itself", e);
                cancel();
            }
        }

        private boolean settle() {
            held.remove(this);
            return settled.compareAndSet(false, true);
        }

        /** Cancels the wait unless it is over; returns whether it did. */
        private boolean cancel() {
            boolean first = settle();
            if (first) {
                suspension.cancel();
            }
            return first;
        }

        /** Resumes the request on the thread that the container has dispatched it to, unless its wait was cancelled. */
        private void resume() throws IOException {
            if (settle()) {
                suspension.resume();
            }
        }

        /**
         * Ends it where the client has left: there is no response, and the member notices the end of its connection.
         */
        void leave() {
            if (cancel()) {
                complete();
            }
        }

        /**
         * The only event by which a container reports that the client has left; not all containers do, and none at
         * once.
         */
        @Override
        public void onError(AsyncEvent event) {
            leave();
        }

        /** There is no timeout: see {@link #begin}. */
        @Override
        public void onTimeout(AsyncEvent event) {}

        /** This is begun once for each wait. */
        @Override
        public void onStartAsync(AsyncEvent event) {}

        /** A container that completes a request by itself will not dispatch it. */
        @Override
        public void onComplete(AsyncEvent event) {
            cancel();
        }

        /** Ends it where the application stops: 503, since no member has responded. */
        void end() {
            if (!cancel()) {
                return;
            }
            try {
                if (context.getResponse() instanceof HttpServletResponse response && !response.isCommitted()) {
                    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                }
            } catch (IllegalStateException e) {
                LOG.log(System.Logger.Level.DEBUG, "a suspended request has ended by itself", e);
            }
            complete();
        }

        /** A dispatch on its way completes the request by its arrival. */
        private void complete() {
            if (!dispatched.compareAndSet(false, true)) {
                return;
            }
            try {
                context.complete();
            } catch (IllegalStateException e) {
                LOG.log(System.Logger.Level.DEBUG, "a suspended request has ended by itself", e);
            }
        }
    }

    /** When a thread of a request waits for its member, and when not. */
    SuspensionPolicy policy() {
        return policy;
    }

    /**
     * Suspends a request, if the container can and members are slow enough for that to pay.
     *
     * @return what has it resumed; empty where its thread has to wait
     */
    Optional<Held> begin(HttpServletRequest request, Suspension suspension) {
        if (closed || !policy.suspends() || !request.isAsyncSupported() || !isDispatchedByContainer(request)) {
            return Optional.empty();
        }
        try {
            AsyncContext context = request.startAsync();
            // Members have time limits of their own.
            context.setTimeout(0);
            Held begun = new Held(context, suspension, path(request.getHttpServletMapping()));
            request.setAttribute(ATTRIBUTE, begun);
            context.addListener(begun);
            held.add(begun);
            if (closed) {
                begun.end();
            }
            return Optional.of(begun);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "a request cannot be suspended", e);
            return Optional.empty();
        }
    }

    /** A request that another servlet has forwarded or included cannot be dispatched back to this one. */
    private static boolean isDispatchedByContainer(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.REQUEST
                || request.getDispatcherType() == DispatcherType.ASYNC;
    }

    /** A path that leads to this servlet however it is mapped; the client's own might be spelt so that it does not. */
    private static String path(HttpServletMapping mapping) {
        String pattern = mapping.getPattern();
        return switch (mapping.getMappingMatch() == null
                ? jakarta.servlet.http.MappingMatch.DEFAULT
                : mapping.getMappingMatch()) {
            case EXACT -> pattern;
            case PATH -> pattern.substring(0, pattern.length() - "/*".length()) + RESUME_PATH;
            case EXTENSION -> RESUME_PATH + pattern.substring("*".length());
            case CONTEXT_ROOT, DEFAULT -> RESUME_PATH;
        };
    }

    /**
     * Resumes the request that the container has dispatched here.
     *
     * @return whether there was one; false = this is a request of its own
     * @throws IOException to make the container cut its response
     */
    boolean resume(HttpServletRequest request) throws IOException {
        if (request.getDispatcherType() != DispatcherType.ASYNC
                || !(request.getAttribute(ATTRIBUTE) instanceof Held resumed)) {
            return false;
        }
        request.removeAttribute(ATTRIBUTE);
        resumed.resume();
        return true;
    }

    /** Ends all suspended requests with 503, and suspends no more. */
    @Override
    public void close() {
        closed = true;
        held.forEach(Held::end);
    }
}
