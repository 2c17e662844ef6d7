package org.fairlead.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http2.Http2AsyncUpgradeHandler;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.net.SocketWrapperBase.BlockingMode;

/**
 * HTTP/2 connection (RFC 9113). Beyond what Tomcat does, it can be closed in order, it knows which requests have come
 * whole, and it bounds the frames that cost their sender nothing. One thread at a time reads frames; the other methods
 * are thread-safe.
 */
final class Http2Connection extends Http2AsyncUpgradeHandler {
    private static final System.Logger LOG = System.getLogger(Http2Connection.class.getName());

    /** Largest increment that counts as small. A greater WINDOW_UPDATE reaches 2³¹ octets before it can be a flood. */
    private static final int SMALL_INCREMENT = 4096;

    private static final byte RST_STREAM = 3;
    private static final int PROTOCOL_ERROR = 1;

    /** A connection that cannot be written to is noticed by the next write or read. */
    private static final CompletionHandler<Long, Void> NOTHING_FOLLOWS = new CompletionHandler<>() {
        @Override
        public void completed(Long written, Void attachment) {}

        @Override
        public void failed(Throwable reason, Void attachment) {
            LOG.log(System.Logger.Level.DEBUG, "a stream could not be reset", reason);
        }
    };

    private final SocketWrapperBase<?> connection;
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final Map<Integer, Http2Stream> streams = new ConcurrentHashMap<>();
    private final FrameAllowance idleFrames = FrameAllowance.forIdleFrames();
    private final FrameAllowance windowUpdates = FrameAllowance.forWindowUpdates();
    private int highestStream;
    private boolean settingsAcknowledged;
    private final AtomicBoolean used = new AtomicBoolean();
    private boolean sentAway;

    /**
     * @param request that asked for HTTP/2 (h2c upgrade); null = the client began with HTTP/2
     * @param timer checks later whether streams that wait may begin
     */
    Http2Connection(
            Http2Protocol protocol,
            StreamAdapter adapter,
            Request request,
            SocketWrapperBase<?> connection,
            StreamQueue.Timer timer) {
        super(protocol, adapter, request, connection);
        this.connection = connection;
        if (request != null) {
            // The request of the upgrade was read to its end before.
            highestStream = 1;
            streams.put(1, new Http2Stream(connection, true));
        }
        adapter.serves(this);
        if (connection instanceof ConnectionWrapper own) {
            own.speaksHttp2(
                    this,
                    new StreamQueue(own.surroundings(timer), Math.toIntExact(protocol.getMaxConcurrentStreams())));
            if (protocol.getHttp11Protocol() instanceof FairleadHttp11Protocol front) {
                own.holdHttp2(front.partialHeads());
            }
        }
    }

    /** The HTTP/2 side of a connection on which no thread works just now; empty if it speaks HTTP/1.1. */
    static Optional<Http2Connection> of(SocketWrapperBase<?> connection) {
        return connection.getCurrentProcessor() instanceof Processor processor
                        && processor.isUpgrade()
                        && processor.getUpgradeToken() != null
                        && processor.getUpgradeToken().httpUpgradeHandler() instanceof Http2Connection http2
                ? Optional.of(http2)
                : Optional.empty();
    }

    /** The stream with this number, if its request has come and has no response yet. */
    Optional<Http2Stream> stream(int number) {
        return Optional.ofNullable(streams.get(number));
    }

    /** Forgets a stream whose request has had its response. */
    void served(int number) {
        streams.remove(number);
    }

    /**
     * Tells the client to begin no more streams here (GOAWAY, RFC 9113 6.8). Streams that it begins before it reads
     * that are served; a second GOAWAY says of later ones that they were not.
     */
    void leave() {
        if (leaving.compareAndSet(false, true)) {
            try {
                // A client that reads nothing would hold up the thread that polls all connections.
                if (connection instanceof ConnectionWrapper own) {
                    own.executeNow(this::pause);
                } else {
                    connection.execute(this::pause);
                }
            } catch (RejectedExecutionException e) {
                leaving.set(false);
            }
        }
    }

    /** Whether the client was told to begin no more streams, and none is open. */
    boolean isIdle() {
        return leaving.get() && activeRemoteStreamCount.get() == 0;
    }

    /** Whether a request is under way, or one has come since the last call. */
    boolean isInUse() {
        return used.getAndSet(false) || !streams.isEmpty();
    }

    /** Closes the connection in order: the last GOAWAY, then the end. */
    void end() {
        connection.processSocket(SocketEvent.TIMEOUT, true);
    }

    /** Closes the connection at once, with all of its streams; threads that wait for one of them are notified. */
    void cut() {
        // The only way to Tomcat's own method: it is what a client's GOAWAY does.
        goaway(0, 0, null);
    }

    /** This task only reads from the client and writes small frames to it. */
    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        if (!(connection instanceof ConnectionWrapper own)) {
            return super.upgradeDispatch(event);
        }
        SocketState[] state = {SocketState.CLOSED};
        try {
            own.whileClientIsAwaited(() -> state[0] = super.upgradeDispatch(event));
        } catch (IOException e) {
            throw new UncheckedIOException("Tomcat has let it out", e);
        }
        if (state[0] == SocketState.CLOSED) {
            streams.values().forEach(Http2Stream::leave);
        }
        return state[0];
    }

    /** A head has come whole: a new stream's, or trailers. */
    @Override
    public void headersEnd(int number, boolean endOfStream) {
        used.set(true);
        boolean isNew = number > highestStream;
        if (isNew) {
            highestStream = number;
            streams.put(number, new Http2Stream(connection, endOfStream));
        } else if (endOfStream) {
            ended(number);
        }
        try {
            super.headersEnd(number, endOfStream);
        } catch (Exception e) {
            if (isNew) {
                served(number);
            }
            throw Http2Connection.<RuntimeException>undeclared(e);
        }
    }

    @Override
    public void receivedEndOfStream(int number) {
        ended(number);
        try {
            super.receivedEndOfStream(number);
        } catch (Exception e) {
            throw Http2Connection.<RuntimeException>undeclared(e);
        }
    }

    /** The client has reset a stream, which then reaches no member; a member that already works for it is notified. */
    @Override
    public void reset(int number, long code) {
        // Before Tomcat ends the reads of its body, which would otherwise look like the end of the body.
        stream(number).ifPresent(Http2Stream::leave);
        try {
            super.reset(number, code);
        } catch (Exception e) {
            throw Http2Connection.<RuntimeException>undeclared(e);
        }
    }

    /** Whether a stream has ended before it was served. */
    boolean isGone(Http2Stream stream) {
        return stream.isLeft() || connection.isClosed();
    }

    /** Runs before Tomcat notifies readers of the body: to them the end of a stream looks like its reset. */
    private void ended(int number) {
        stream(number).ifPresent(Http2Stream::end);
    }

    /** Tomcat sends SETTINGS once, and would log each further acknowledgement. */
    @Override
    public void settingsEnd(boolean acknowledgement) throws IOException {
        if (!acknowledgement) {
            super.settingsEnd(false);
        } else if (!settingsAcknowledged) {
            settingsAcknowledged = true;
            super.settingsEnd(true);
        } else {
            count(idleFrames, "SETTINGS with ACK");
        }
    }

    @Override
    public void pingReceive(byte[] payload, boolean acknowledgement) throws IOException {
        if (acknowledgement) {
            count(idleFrames, "PING with ACK");
        }
        super.pingReceive(payload, acknowledgement);
    }

    @Override
    public void onSwallowedUnknownFrame(int number, int type, int flags, int size) {
        count(idleFrames, "of an unknown type");
    }

    @Override
    public void incrementWindowSize(int number, int increment) {
        if (increment < SMALL_INCREMENT) {
            count(windowUpdates, "WINDOW_UPDATE");
        }
        try {
            super.incrementWindowSize(number, increment);
        } catch (Exception e) {
            throw Http2Connection.<RuntimeException>undeclared(e);
        }
    }

    /** Makes Tomcat close the connection with GOAWAY(ENHANCE_YOUR_CALM) after too many frames of a kind. */
    private void count(FrameAllowance allowance, String kind) {
        if (allowance.take(System.nanoTime())) {
            return;
        }
        increaseOverheadCount(null, Integer.MAX_VALUE);
        if (!sentAway) {
            sentAway = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: HTTP/2 connection ended, too many frames ({1})",
                    connection.getRemoteAddr(),
                    kind);
        }
    }

    /** Resets a stream whose request is malformed (RFC 9113 8.1.1). To Tomcat it looks as if the client had. */
    void refuse(int number) {
        try {
            super.reset(number, PROTOCOL_ERROR);
        } catch (Exception e) {
            LOG.log(System.Logger.Level.DEBUG, "a malformed request whose stream has ended", e);
            return;
        }
        ByteBuffer frame = ByteBuffer.allocate(13)
                .put(new byte[] {0, 0, 4, RST_STREAM, 0})
                .putInt(number)
                .putInt(PROTOCOL_ERROR)
                .flip();
        connection.write(
                BlockingMode.SEMI_BLOCK,
                protocol.getWriteTimeout(),
                TimeUnit.MILLISECONDS,
                null,
                SocketWrapperBase.COMPLETE_WRITE,
                NOTHING_FOLLOWS,
                frame);
    }

    /** Tomcat's exceptions of HTTP/2 cannot be named here; its parser catches them. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E undeclared(Throwable failure) throws E {
        throw (E) failure;
    }
}
