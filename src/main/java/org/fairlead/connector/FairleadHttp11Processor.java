package org.fairlead.connector;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.coyote.Adapter;
import org.apache.coyote.Constants;
import org.apache.coyote.ErrorState;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.fairlead.exchange.Suspension;

/** Tomcat's HTTP/1.1 processor; its present head can be watched by another thread, and its request can be suspended. */
final class FairleadHttp11Processor extends Http11Processor {
    /** Note of a Tomcat request that holds its processor; the numbers up to 9 are Tomcat's own. */
    static final int NOTE = 20;

    private final FairleadHttp11Protocol protocol;
    private final FairleadNioEndpoint endpoint;
    private final RequestSuspension pause;
    private final boolean watched;
    private final Optional<FairleadHttp11Processor> present = Optional.of(this);
    private final Optional<ResponseHeads> heads = Optional.of(new ResponseHeads(response));
    private final HeaderTimeout head = new HeaderTimeout(this::headStart);

    /** Set while the rest of a head is awaited without a limit of Tomcat's; for the serving thread, as what follows. */
    private boolean unlimited;
    /** Set while the refusal of such a late head is sent. */
    private boolean late;
    /** Status for a head that is too long, for which Tomcat has 400; 0 = it is not too long. */
    private int tooLong;
    /** Set while a suspended request is resumed. */
    private boolean resumed;

    /**
     * @param pause the suspension of this processor's request; the adapter knows it
     * @param watched whether {@link #head} is polled
     */
    FairleadHttp11Processor(
            FairleadHttp11Protocol protocol,
            Adapter adapter,
            RequestSuspension pause,
            FairleadNioEndpoint endpoint,
            boolean watched) {
        super(protocol, adapter);
        this.protocol = protocol;
        this.pause = pause;
        this.watched = watched;
        this.endpoint = endpoint;
        request.setNote(NOTE, this);
    }

    /** Heads of the responses to this processor's requests. */
    ResponseHeads heads() {
        return heads.orElseThrow();
    }

    /** This processor, for callers whose connection may have none. */
    Optional<FairleadHttp11Processor> present() {
        return present;
    }

    /** As {@link org.fairlead.exchange.ContainerExtensions#pause}. */
    Optional<Runnable> pause(Suspension inner) {
        return pause.begin(inner, getSocketWrapper());
    }

    boolean isPaused() {
        return pause.isThere();
    }

    /** A suspended request looks to Tomcat like an asynchronous one. */
    @Override
    public boolean isAsync() {
        return pause.isThere() || super.isAsync();
    }

    @Override
    public SocketState asyncPostProcess() throws IOException {
        if (!pause.isThere()) {
            return super.asyncPostProcess();
        }
        // Otherwise it would look like a connection between requests.
        request.getRequestProcessor().setStage(Constants.STAGE_SERVICE);
        return SocketState.LONG;
    }

    @Override
    public SocketState process(SocketWrapperBase<?> connection, SocketEvent event) throws IOException {
        completeHeads(connection, heads);
        try {
            return pause.isThere() ? goOn(connection, event) : super.process(connection, event);
        } finally {
            // An idle connection or a tunnel outlives its use of a processor, and must not keep it in memory.
            if (!isAsync()) {
                completeHeads(connection, Optional.empty());
            }
        }
    }

    private static void completeHeads(SocketWrapperBase<?> connection, Optional<ResponseHeads> heads) {
        if (connection instanceof ConnectionWrapper own) {
            own.completeHeads(heads);
        }
    }

    private SocketState goOn(SocketWrapperBase<?> connection, SocketEvent event) throws IOException {
        resumed = true;
        if (connection.getSocket() instanceof CountingNioChannel.Plain channel) {
            channel.goOn(this);
        }
        try {
            return super.process(connection, event);
        } finally {
            end(connection);
            resumed = false;
        }
    }

    private void end(SocketWrapperBase<?> connection) {
        if (connection.getSocket() instanceof CountingNioChannel.Plain channel) {
            channel.end();
        }
        CountingNioChannel.busy(connection, pause.isThere());
    }

    @Override
    public SocketState service(SocketWrapperBase<?> connection) throws IOException {
        if (resumed) {
            connection.setReadTimeout(endpoint.getKeepAliveTimeout());
            // The last read has shown no next request yet.
            if (connection.getSocket() instanceof CountingNioChannel.Plain channel
                    && channel.isDrained()
                    && bytes().filter(ByteBuffer::hasRemaining).isEmpty()) {
                return SocketState.OPEN;
            }
        }
        CountingNioChannel.busy(connection, true);
        if (connection.getSocket() instanceof CountingNioChannel.Plain channel) {
            channel.begin(this);
        }
        try {
            return serve(connection);
        } finally {
            end(connection);
        }
    }

    private SocketState serve(SocketWrapperBase<?> connection) throws IOException {
        if (connection instanceof ConnectionWrapper own) {
            own.endPartialHead();
        }
        if (head.hasGivenUp()) {
            endLateHead(connection);
            return SocketState.CLOSED;
        }
        if (unlimited) {
            connection.setReadTimeout(endpoint.getConnectionTimeout());
            unlimited = false;
        }
        tooLong = 0;
        SocketState state = super.service(connection);
        boolean isPartial =
                state == SocketState.LONG && !isAsync() && request.getStartTimeNanos() >= 0 && isBetweenRequests();
        if (isPartial && connection instanceof ConnectionWrapper own) {
            own.holdPartialHead(
                    protocol.partialHeads(), bytes().map(ByteBuffer::capacity).orElse(0));
        }
        if (watched && isPartial) {
            // The header timeout ends a late head with a response; after its own read timeout Tomcat would just close
            // the connection.
            connection.setReadTimeout(-1);
            unlimited = true;
        }
        return state;
    }

    /** Later steps in Tomcat find more that is wrong with such a request, and set 400 again. */
    @Override
    protected void setErrorState(ErrorState state, Throwable reason) {
        super.setErrorState(state, reason);
        if (tooLong == 0 && reason != null && isBetweenRequests()) {
            tooLong = HeadLimits.status(reason, bytes(), protocol.getMaxHttpRequestHeaderSize());
        }
        if (tooLong != 0) {
            response.setStatus(tooLong);
        }
    }

    /** Status of a head that is too long; 0 = it is not. */
    int tooLong() {
        return tooLong;
    }

    /** By itself Tomcat keeps the hints in its buffer until the response comes, which is too late for them. */
    @Override
    protected void earlyHints() throws IOException {
        super.earlyHints();
        getSocketWrapper().flush(true);
    }

    /** Whether a response is out and the next request has not yet come. Called by the serving thread. */
    boolean isKeptAlive() {
        return request.getRequestProcessor().getStage() == Constants.STAGE_KEEPALIVE;
    }

    /** The connection that the present request came on. */
    Optional<ConnectionWrapper> connection() {
        return getSocketWrapper() instanceof ConnectionWrapper own ? Optional.of(own) : Optional.empty();
    }

    /** TLS state of this connection, where it has any. */
    Optional<TlsEndpoint> tls() {
        return sslSupport instanceof TlsEndpoint known ? Optional.of(known) : Optional.empty();
    }

    /** Buffers for a big response that is sent as it is. */
    Optional<DirectBufferPool> bulk() {
        return getSocketWrapper().getSocket() instanceof CountingNioChannel.Plain plain
                ? Optional.of(plain.bulk())
                : Optional.empty();
    }

    /** Whether the client has to be told that its connection ends with this response. */
    boolean isLastAnswer() {
        return endpoint.isLeaving();
    }

    /** How long the present head has been coming; may be asked by any thread. */
    HeaderTimeout head() {
        return head;
    }

    private long headStart() {
        return isBetweenRequests() ? request.getStartTimeNanos() : HeaderTimeout.NONE;
    }

    /** As httpd: a client that has sent a request line gets a response, and the access log a line. */
    private void endLateHead(SocketWrapperBase<?> connection) throws IOException {
        if (bytes().filter(HeaderByteCount::hasWholeLine).isPresent()) {
            byte[] answer = RawRefusal.of(
                    HttpServletResponse.SC_REQUEST_TIMEOUT, protocol.refusals(), connection, endpoint.isSSLEnabled());
            connection.write(true, answer, 0, answer.length);
            connection.flush(true);
        }
        response.setStatus(HttpServletResponse.SC_REQUEST_TIMEOUT);
        response.setError();
        late = true;
        try {
            getAdapter().log(request, response, 0);
        } finally {
            late = false;
        }
    }

    /** Counts a request that is over; returns how many its connection had carried before. */
    int requestsBefore() {
        return getSocketWrapper() != null && getSocketWrapper().getSocket() instanceof CountingNioChannel connection
                ? connection.progress().ended()
                : -1;
    }

    /** Whether the request target is in origin form, not a URL (RFC 9112 3.2.2), of which Tomcat keeps the path. */
    boolean asksForPath() {
        int at = request.getMethod() == null ? 0 : request.getMethod().length() + 1;
        return bytes().filter(head -> head.limit() > at && head.get(at) == '/').isPresent();
    }

    /** The connection's read buffer for heads and bodies; empty while no processor reads from it. */
    Optional<ByteBuffer> bytes() {
        return getSocketWrapper() != null && getSocketWrapper().getSocket() instanceof CountingNioChannel connection
                ? connection.progress().head()
                : Optional.empty();
    }

    /**
     * First line of the present head as it came, one char for each byte; empty where it is missing or did not arrive.
     */
    String requestLine() {
        return bytes().filter(head -> !late || HeaderByteCount.hasWholeLine(head))
                .map(HeaderByteCount::firstLine)
                .orElse("");
    }

    /** Whether no byte of a request has come since the last response. */
    boolean isIdle() {
        return request.getStartTimeNanos() < 0 && isBetweenRequests();
    }

    private boolean isBetweenRequests() {
        return switch (request.getRequestProcessor().getStage()) {
            case Constants.STAGE_NEW, Constants.STAGE_PARSE, Constants.STAGE_KEEPALIVE, Constants.STAGE_ENDED -> true;
            default -> false;
        };
    }
}
