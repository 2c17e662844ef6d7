package org.fairlead.boot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.coyote.Adapter;
import org.apache.coyote.Constants;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.fairlead.model.ReadTimeout;

/**
 * Tomcat's reader of requests, which can be asked from another thread how long its present head has been coming. What
 * that thread sees may be a moment old, which does not matter to a limit of seconds.
 */
final class FrontProcessor extends Http11Processor {
    /** Where a request of Tomcat's knows its processor; the numbers up to 9 are Tomcat's own. */
    static final int NOTE = 20;

    private static final long NONE = -1;

    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final FrontEndpoint endpoint;

    /** Of the watching thread alone. */
    private long watchedHead = NONE;

    private long bytesBefore;

    FrontProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter, FrontEndpoint endpoint) {
        super(protocol, adapter);
        this.endpoint = endpoint;
        request.setNote(NOTE, this);
    }

    @Override
    public SocketState service(SocketWrapperBase<?> connection) throws IOException {
        FrontEndpoint.busy(connection, true);
        try {
            return connection.getSocket() instanceof WatchedChannel.Plain channel
                    ? serve(connection, channel)
                    : super.service(connection);
        } finally {
            FrontEndpoint.busy(connection, false);
        }
    }

    private SocketState serve(SocketWrapperBase<?> connection, WatchedChannel.Plain channel) throws IOException {
        channel.begin(this);
        try {
            return super.service(connection);
        } finally {
            channel.end();
        }
    }

    /** By itself Tomcat leaves the hints in its buffer until the answer comes, which is too late for them. */
    @Override
    protected void earlyHints() throws IOException {
        super.earlyHints();
        getSocketWrapper().flush(true);
    }

    /** Whether an answer is out and the next request has not yet come. For the thread that serves. */
    boolean isKeptAlive() {
        return request.getRequestProcessor().getStage() == Constants.STAGE_KEEPALIVE;
    }

    /** What is known of this connection's TLS, where it has any. */
    Optional<FrontTls> tls() {
        return sslSupport instanceof FrontTls known ? Optional.of(known) : Optional.empty();
    }

    /** Whether the client has to be told that its connection ends with this answer. */
    boolean isLastAnswer() {
        return endpoint.isLeaving();
    }

    /**
     * Whether the head that is coming now has taken too long.
     *
     * @param received bytes that have come on this connection so far
     */
    boolean isHeadOverdue(ReadTimeout limit, long received, long now) {
        long start = request.getStartTimeNanos();
        if (start < 0 || !isBetweenRequests()) {
            watchedHead = NONE;
            return false;
        }
        if (start != watchedHead) {
            watchedHead = start;
            bytesBefore = received;
        }
        return now - start > limit.allowed(received - bytesBefore).toNanos();
    }

    /** How long a read of the present body may block; with the next request it is the connector's again. */
    void readTimeout(long millis) {
        getSocketWrapper().setReadTimeout(millis);
    }

    /** Counts a request that is over; returns how many its connection had carried before. */
    int requestsBefore() {
        return getSocketWrapper() != null && getSocketWrapper().getSocket() instanceof WatchedChannel connection
                ? connection.progress().ended()
                : -1;
    }

    /** Whether the present request's target is a path as it came, and no URL (RFC 9112 3.2.2), of which Tomcat keeps the path. */
    boolean asksForPath() {
        int at = request.getMethod() == null ? 0 : request.getMethod().length() + 1;
        return head().filter(head -> head.limit() > at && head.get(at) == '/').isPresent();
    }

    /**
     * Whether the few bytes that are unread of a body in chunks are the last chunk, which Tomcat's filter does not tell.
     * It has the chunk's head behind it or not. Where these bytes are something else, they are data or an error: a read
     * waits for neither.
     *
     * @param unread bytes that the filter has left; it may have passed over all but the last line
     */
    boolean isAtEnd(int unread) {
        if (unread < 2) {
            return false;
        }
        Optional<ByteBuffer> buffer = head();
        return buffer.isPresent() && endsWith(buffer.get(), LAST_CHUNK);
    }

    private static boolean endsWith(ByteBuffer buffer, byte[] end) {
        int from = buffer.limit() - end.length;
        return from >= 0 && buffer.duplicate().position(from).equals(ByteBuffer.wrap(end));
    }

    private Optional<ByteBuffer> head() {
        return getSocketWrapper() != null && getSocketWrapper().getSocket() instanceof WatchedChannel connection
                ? connection.progress().head()
                : Optional.empty();
    }

    /** The present head's first line as it came, one char for each byte; empty where it is not at hand. */
    String requestLine() {
        return head().map(FrontProcessor::firstLine).orElse("");
    }

    private static String firstLine(ByteBuffer buffer) {
        ByteBuffer head = buffer.duplicate();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < head.limit(); i++) {
            char c = (char) (head.get(i) & 0xff);
            if (c == '\n' && !line.isEmpty()) {
                break;
            }
            // Empty lines in front of a request are passed over (RFC 9112 2.2).
            if (c != '\n' && (c != '\r' || i + 1 < head.limit() && head.get(i + 1) != '\n')) {
                line.append(c);
            }
        }
        return line.toString();
    }

    /** Whether nothing of a request has come since the last answer. */
    boolean isIdle() {
        return request.getStartTimeNanos() < 0 && isBetweenRequests();
    }

    private boolean isBetweenRequests() {
        int stage = request.getRequestProcessor().getStage();
        return stage == Constants.STAGE_NEW
                || stage == Constants.STAGE_PARSE
                || stage == Constants.STAGE_KEEPALIVE
                || stage == Constants.STAGE_ENDED;
    }
}
