package org.fairlead.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.fairlead.exchange.RequestBody;

/**
 * Adapter from the streams of one connection to Tomcat's container. Thread-safe once it {@link #serves} a connection.
 */
final class StreamAdapter implements Adapter {
    private static final System.Logger LOG = System.getLogger(StreamAdapter.class.getName());

    /** Note of a Tomcat request that holds its stream. */
    private static final int NOTE = FairleadHttp11Processor.NOTE + 2;

    private final Adapter catalina;
    private Http2Connection connection;

    StreamAdapter(Adapter catalina) {
        this.catalina = catalina;
    }

    void serves(Http2Connection streams) {
        connection = streams;
    }

    /** The stream of a request; empty where it came over HTTP/1.1. */
    static Optional<Http2Stream> stream(Request request) {
        return request.getNote(NOTE) instanceof Http2Stream stream ? Optional.of(stream) : Optional.empty();
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return catalina.prepare(request, response);
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        int number = Integer.parseInt(request.getProtocolRequestId());
        Optional<Http2Stream> stream = connection.stream(number);
        request.setNote(NOTE, stream.orElse(null));
        try {
            if (stream.filter(connection::isGone).isPresent()) {
                return;
            }
            if (isLengthMalformed(request.getMimeHeaders()) || contradictsNone(request, stream)) {
                connection.refuse(number);
                return;
            }
            catalina.service(request, response);
        } finally {
            connection.served(number);
        }
    }

    /** With a length of 0 there is no body, so it has to be known before whether one follows. */
    private static boolean contradictsNone(Request request, Optional<Http2Stream> stream) {
        if (request.getContentLengthLong() != 0
                || stream.isEmpty()
                || stream.get().isEnded()) {
            return false;
        }
        Discarded discarded = new Discarded();
        RequestBody.Wait end = () -> discarded.read = request.doRead(discarded);
        try {
            if (stream.get().connection().isPresent()) {
                stream.get().connection().get().whileClientIsAwaited(end);
            } else {
                end.run();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a request whose stream has ended", e);
            return true;
        }
        // A reset ends the read too; without END_STREAM nothing says that no more follows.
        return discarded.read >= 0 || !stream.get().isEnded();
    }

    /** Sink for bytes that a client sends beyond a length of 0. */
    private static final class Discarded implements ApplicationBufferHandler {
        private int read;
        private ByteBuffer bytes = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            bytes = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return bytes;
        }

        @Override
        public void expand(int size) {
            // It is never filled by parts.
        }
    }

    /** Tomcat parses signs as Java does, and no length at all where there are two (RFC 9110 8.6: 1*DIGIT, once). */
    private static boolean isLengthMalformed(MimeHeaders fields) {
        List<String> lengths = new ArrayList<>();
        fields.values("content-length").asIterator().forEachRemaining(lengths::add);
        return lengths.size() > 1
                || lengths.size() == 1
                        && !(lengths.get(0).length() <= 18
                                && !lengths.get(0).isEmpty()
                                && lengths.get(0).chars().allMatch(c -> c >= '0' && c <= '9'));
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
        return catalina.asyncDispatch(request, response, event);
    }

    @Override
    public void log(Request request, Response response, long nanos) {
        catalina.log(request, response, nanos);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        catalina.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
        return catalina.getDomain();
    }
}
