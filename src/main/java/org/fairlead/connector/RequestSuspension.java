package org.fairlead.connector;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.fairlead.exchange.ClientWatch;
import org.fairlead.exchange.Suspension;

/**
 * Suspension of a processor's request, while it waits for a member without a thread. To Tomcat it looks like an
 * asynchronous request between two dispatches; there is no {@code AsyncContext}, since no code would use it. Used by
 * the thread that holds the processor, but for {@link Held#run}.
 */
final class RequestSuspension {
    private static final System.Logger LOG = System.getLogger(RequestSuspension.class.getName());

    private final RequestExecutor threads;
    private Optional<Held> held = Optional.empty();
    private ClientWatch watch = ClientWatch.NONE;

    RequestSuspension(RequestExecutor threads) {
        this.threads = threads;
    }

    /** Suspended request and its connection; running it brings the request back to a thread, once. */
    private final class Held implements Runnable {
        private final Suspension pause;
        private final SocketWrapperBase<?> connection;
        private final AtomicBoolean told = new AtomicBoolean();

        Held(Suspension pause, SocketWrapperBase<?> connection) {
            this.pause = pause;
            this.connection = connection;
        }

        @Override
        public void run() {
            if (told.compareAndSet(false, true)) {
                threads.resume(() -> connection.processSocket(SocketEvent.OPEN_READ, false));
            }
        }
    }

    /** As {@link org.fairlead.exchange.ContainerExtensions#pause}. */
    Optional<Runnable> begin(Suspension pause, SocketWrapperBase<?> connection) {
        if (!threads.trySuspend()) {
            return Optional.empty();
        }
        Held begun = new Held(pause, connection);
        held = Optional.of(begun);
        if (connection instanceof ConnectionWrapper own) {
            watch = own.watchClient(() -> connection.processSocket(SocketEvent.DISCONNECT, true));
        }
        return Optional.of(begun);
    }

    boolean isThere() {
        return held.isPresent();
    }

    /**
     * Resumes the request if its resumption was requested, and ends it if it is over.
     *
     * @return whether its connection may live on
     */
    boolean dispatch(Adapter adapter, Request request, Response response, SocketEvent event) throws Exception {
        Held present = held.orElseThrow();
        if (event != SocketEvent.OPEN_READ) {
            return false;
        }
        if (!present.told.get()) {
            return true;
        }
        held = Optional.empty();
        watch.close();
        request.setRequestThread();
        try {
            if (!present.pause.resume()) {
                request.clearRequestThread();
                return true;
            }
        } catch (IOException e) {
            return cut(adapter, request, response, e);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a request could not be served", e);
            return cut(adapter, request, response, e);
        }
        return adapter.asyncDispatch(request, response, event);
    }

    private static boolean cut(Adapter adapter, Request request, Response response, Exception reason) {
        response.action(ActionCode.CLOSE_NOW, reason);
        adapter.log(request, response, System.nanoTime() - request.getStartTimeNanos());
        return false;
    }

    /** To be called when the connection is gone: the wait for a member is cancelled, so that it learns of the loss. */
    void end(Adapter adapter, Request request, Response response) {
        if (held.isEmpty()) {
            return;
        }
        Held gone = held.get();
        held = Optional.empty();
        watch.close();
        if (gone.told.compareAndSet(false, true)) {
            threads.cancel();
        }
        gone.pause.cancel();
        response.setErrorException(new IOException("the client's connection has ended"));
        adapter.log(request, response, System.nanoTime() - request.getStartTimeNanos());
    }
}
