package org.fairlead.boot;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.coyote.Adapter;
import org.apache.coyote.Constants;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.http.FastHttpDateFormat;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketEvent;
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

    private static final String LATE = "HTTP/1.1 408 \r\nContent-Length: 0\r\nConnection: close\r\nDate: ";

    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final FrontEndpoint endpoint;
    private final boolean watched;

    /** Of the watching thread alone. */
    private long watchedHead = NONE;

    private long bytesBefore;

    /** Since when the head has been coming that has taken too long, and when that was found. */
    private volatile long overdueHead = NONE;

    private volatile long foundOverdue;

    /** While the rest of a head is waited for without a limit of Tomcat's; of the thread that serves, as what follows. */
    private boolean unlimited;

    /** While the end of such a head is told of. */
    private boolean late;

    /** @param watched whether {@link #isHeadOverdue} is asked now and then */
    FrontProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter, FrontEndpoint endpoint, boolean watched) {
        super(protocol, adapter);
        this.watched = watched;
        this.endpoint = endpoint;
        request.setNote(NOTE, this);
    }

    @Override
    public SocketState service(SocketWrapperBase<?> connection) throws IOException {
        FrontEndpoint.busy(connection, true);
        try {
            return connection.getSocket() instanceof WatchedChannel.Plain channel
                    ? serve(connection, channel)
                    : serve(connection);
        } finally {
            FrontEndpoint.busy(connection, false);
        }
    }

    private SocketState serve(SocketWrapperBase<?> connection, WatchedChannel.Plain channel) throws IOException {
        channel.begin(this);
        try {
            return serve(connection);
        } finally {
            channel.end();
        }
    }

    private SocketState serve(SocketWrapperBase<?> connection) throws IOException {
        if (hasGivenUp()) {
            endLateHead(connection);
            return SocketState.CLOSED;
        }
        if (unlimited) {
            connection.setReadTimeout(endpoint.getConnectionTimeout());
            unlimited = false;
        }
        SocketState state = super.service(connection);
        if (watched
                && state == SocketState.LONG
                && !isAsync()
                && request.getStartTimeNanos() >= 0
                && isBetweenRequests()) {
            // Who watches ends a head that is late, and says so; after a silence Tomcat would just close the
            // connection.
            connection.setReadTimeout(NONE);
            unlimited = true;
        }
        return state;
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

    /** What a big answer that is sent as it is may be sent from. */
    Optional<BufferStock> bulk() {
        return getSocketWrapper().getSocket() instanceof WatchedChannel.Plain plain
                ? Optional.of(plain.bulk())
                : Optional.empty();
    }

    /** Whether the client has to be told that its connection ends with this answer. */
    boolean isLastAnswer() {
        return endpoint.isLeaving();
    }

    /**
     * Whether the head that is coming now has taken too long.
     *
     * @param received bytes that have come on this connection so far
     * @param silent whether nothing has come for longer than {@code Timeout}
     */
    boolean isHeadOverdue(ReadTimeout limit, long received, boolean silent, long now) {
        long start = request.getStartTimeNanos();
        if (start < 0 || !isBetweenRequests()) {
            watchedHead = NONE;
            return false;
        }
        if (start != watchedHead) {
            watchedHead = start;
            bytesBefore = received;
        }
        return silent || now - start > limit.allowed(received - bytesBefore).toNanos();
    }

    /**
     * Lets a thread of the requests end a head that has taken too long: who watches must not wait for a client.
     *
     * @param patience for that thread, after which the connection is cut
     */
    void giveUp(SocketWrapperBase<?> connection, Duration patience, long now) {
        if (overdueHead == watchedHead) {
            if (now - foundOverdue > patience.toNanos()) {
                connection.close();
            }
            return;
        }
        foundOverdue = now;
        overdueHead = watchedHead;
        connection.processSocket(SocketEvent.OPEN_READ, true);
    }

    /** Whether it is the head that was given up, and not one that came meanwhile. */
    private boolean hasGivenUp() {
        long head = overdueHead;
        if (head == NONE) {
            return false;
        }
        overdueHead = NONE;
        return head == request.getStartTimeNanos() && isBetweenRequests();
    }

    /** As httpd: who has sent a request line gets an answer, and the access log a line. */
    private void endLateHead(SocketWrapperBase<?> connection) throws IOException {
        if (head().filter(FrontProcessor::hasWholeLine).isPresent()) {
            byte[] answer =
                    (LATE + FastHttpDateFormat.getCurrentDate() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
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

    private static boolean hasWholeLine(ByteBuffer head) {
        boolean begun = false;
        for (int i = 0; i < head.limit(); i++) {
            byte b = head.get(i);
            if (b == '\n' && begun) {
                return true;
            }
            begun |= b != '\n' && b != '\r';
        }
        return false;
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

    /**
     * The present head's first line as it came, one char for each byte; empty where it is not at hand, or was waited for in
     * vain.
     */
    String requestLine() {
        return head().filter(head -> !late || hasWholeLine(head))
                .map(FrontProcessor::firstLine)
                .orElse("");
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
