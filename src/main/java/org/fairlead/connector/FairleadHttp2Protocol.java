package org.fairlead.connector;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.coyote.http2.Http2AsyncUpgradeHandler;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Tomcat's HTTP/2, with connections that can be asked to end: by itself Tomcat asks them when the whole server pauses. */
final class FairleadHttp2Protocol extends Http2Protocol {
    @Override
    public InternalHttpUpgradeHandler getInternalUpgradeHandler(
            SocketWrapperBase<?> connection, Adapter adapter, Request request) {
        return connection.hasAsyncIO()
                ? new Streams(this, adapter, request, connection)
                : super.getInternalUpgradeHandler(connection, adapter, request);
    }

    /** The streams of one connection. Thread-safe. */
    static final class Streams extends Http2AsyncUpgradeHandler {
        private final SocketWrapperBase<?> connection;
        private final AtomicBoolean leaving = new AtomicBoolean();

        private Streams(Http2Protocol protocol, Adapter adapter, Request request, SocketWrapperBase<?> connection) {
            super(protocol, adapter, request, connection);
            this.connection = connection;
        }

        /** Those of a connection that speaks HTTP/2 and that no thread works for just now. */
        static Optional<Streams> of(SocketWrapperBase<?> connection) {
            return connection.getCurrentProcessor() instanceof Processor processor
                            && processor.isUpgrade()
                            && processor.getUpgradeToken() != null
                            && processor.getUpgradeToken().httpUpgradeHandler() instanceof Streams streams
                    ? Optional.of(streams)
                    : Optional.empty();
        }

        /**
         * Tells the client that no more streams shall begin here (GOAWAY, RFC 9113 6.8). Those that it begins before it
         * reads that are served; of what comes later a second GOAWAY says that it was not.
         */
        void leave() {
            if (leaving.compareAndSet(false, true)) {
                try {
                    // A client that takes nothing would hold up the thread that looks after all.
                    connection.execute(this::pause);
                } catch (RejectedExecutionException e) {
                    leaving.set(false);
                }
            }
        }

        /** Whether the client was told, and no stream is there. */
        boolean isIdle() {
            return leaving.get() && activeRemoteStreamCount.get() == 0;
        }

        /** Ends the connection in order: the last GOAWAY, then the end. */
        void end() {
            connection.processSocket(SocketEvent.TIMEOUT, true);
        }
    }
}
