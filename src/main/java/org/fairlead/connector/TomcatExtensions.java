package org.fairlead.connector;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.net.SSLSupport;
import org.fairlead.exchange.ClientWatch;
import org.fairlead.exchange.ContainerExtensions;
import org.fairlead.exchange.RequestBody;
import org.fairlead.exchange.Suspension;
import org.fairlead.http.FieldNames;
import org.fairlead.http.FieldValues;
import org.fairlead.http.Headers;

/** Extensions of one Tomcat request object, which serves one request after the other; they live as long as it does. */
final class TomcatExtensions implements ContainerExtensions {
    /** Note of a Tomcat request that keeps these extensions for the requests after it. */
    private static final int NOTE = FairleadHttp11Processor.NOTE + 1;

    private final Request request;
    private final Response response;

    private TomcatExtensions(Request request, Response response) {
        this.request = request;
        this.response = response;
    }

    static TomcatExtensions of(Request request) {
        if (request.getCoyoteRequest().getNote(NOTE) instanceof TomcatExtensions known) {
            return known;
        }
        TomcatExtensions made = new TomcatExtensions(request, request.getResponse());
        request.getCoyoteRequest().setNote(NOTE, made);
        return made;
    }

    @Override
    public String path() {
        return value(request.getCoyoteRequest().requestURI());
    }

    @Override
    public Headers fields() {
        MimeHeaders lines = request.getCoyoteRequest().getMimeHeaders();
        Headers fields = new Headers();
        for (int i = 0; i < lines.size(); i++) {
            fields.add(name(lines.getName(i)), value(lines.getValue(i)));
        }
        return fields;
    }

    private static String name(MessageBytes name) {
        if (name.getType() != MessageBytes.T_BYTES) {
            return name.toString();
        }
        ByteChunk bytes = name.getByteChunk();
        return FieldNames.of(bytes.getBuffer(), bytes.getStart(), bytes.getEnd());
    }

    /** Tomcat's own method goes through a decoder. */
    private static String value(MessageBytes value) {
        if (value.getType() != MessageBytes.T_BYTES) {
            return value.getType() == MessageBytes.T_NULL ? "" : value.toString();
        }
        ByteChunk bytes = value.getByteChunk();
        return FieldValues.of(bytes.getBuffer(), bytes.getStart(), bytes.getEnd());
    }

    @Override
    public void respond(Headers fields) {
        FairleadHttp11Processor processor = processor();
        if (processor != null) {
            if (response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
                forgetKeepAlive();
            }
            processor.heads().add(fields);
            return;
        }
        // HTTP/2 compresses text.
        MimeHeaders lines = response.getCoyoteResponse().getMimeHeaders();
        fields.forEach((name, value) -> lines.addValue(name).setString(value));
    }

    /** Tomcat tells a client that sent {@code keep-alive} how long; after a 101 there is no HTTP (RFC 9110 7.8). */
    private void forgetKeepAlive() {
        MimeHeaders lines = request.getCoyoteRequest().getMimeHeaders();
        lines.removeHeader("Connection");
        lines.addValue("Connection").setString("Upgrade");
    }

    @Override
    public int fill() {
        request.getCoyoteRequest().action(ActionCode.AVAILABLE, Boolean.TRUE);
        return Math.max(0, request.getCoyoteRequest().getAvailable());
    }

    @Override
    public int availableInChunks() {
        FairleadHttp11Processor processor = processor();
        if (processor == null) {
            return 0;
        }
        ByteBuffer taken = LeanConnector.body(request);
        if (taken.hasRemaining()) {
            return taken.remaining();
        }
        ByteBuffer raw = processor.bytes().orElse(taken);
        int unread = ChunkedBody.unread(raw, taken);
        if (unread == 0) {
            // No byte of the body is in Tomcat's filter, which would skip an empty line in front of a chunk.
            fill();
            raw = processor.bytes().orElse(taken);
            unread = raw.remaining();
        }
        return ChunkedBody.isReadable(raw, unread) ? unread : 0;
    }

    /** In HTTP/1.1 a body that ends early is an error of Tomcat's own. */
    @Override
    public boolean isBodyWhole() {
        return StreamAdapter.stream(request.getCoyoteRequest())
                .map(Http2Stream::isEnded)
                .orElse(true);
    }

    @Override
    public void await(RequestBody.Wait wait) throws IOException {
        FairleadHttp11Processor processor = processor();
        Optional<ConnectionWrapper> connection = processor != null
                ? processor.connection()
                : StreamAdapter.stream(request.getCoyoteRequest()).flatMap(Http2Stream::connection);
        if (connection.isPresent()) {
            connection.get().whileClientIsAwaited(wait);
        } else {
            wait.run();
        }
    }

    /** With the next request the connector's value applies again. */
    @Override
    public void readTimeout(Duration limit) {
        FairleadHttp11Processor processor = processor();
        if (processor != null) {
            processor.connection().ifPresent(connection -> connection.setReadTimeout(limit.toMillis()));
        }
    }

    @Override
    public Optional<OutputStream> output() {
        FairleadHttp11Processor processor = processor();
        return processor == null
                ? Optional.empty()
                : processor.bulk().map(buffers -> new DirectSocketOutput(response, buffers));
    }

    /** Not in HTTP/2, whose streams Tomcat serves in another way. */
    @Override
    public Optional<Runnable> pause(Suspension pause) {
        FairleadHttp11Processor processor = processor();
        return processor == null ? Optional.empty() : processor.pause(pause);
    }

    @Override
    public ClientWatch watchClient(Runnable left) {
        FairleadHttp11Processor processor = processor();
        return processor != null
                ? processor
                        .connection()
                        .map(connection -> connection.watchClient(left))
                        .orElse(ClientWatch.NONE)
                : StreamAdapter.stream(request.getCoyoteRequest())
                        .map(stream -> stream.watchClient(left))
                        .orElse(ClientWatch.NONE);
    }

    @Override
    public void dropBody() {
        response.getCoyoteResponse().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }

    @Override
    public void forgetError() {
        response.setSuspended(false);
        response.getCoyoteResponse().resetError();
    }

    /** TLS state of the connection. By the request's attribute Tomcat would make all of its own, for each request. */
    Optional<TlsEndpoint> tls() {
        FairleadHttp11Processor processor = processor();
        if (processor != null) {
            return processor.tls();
        }
        return request.getAttribute(SSLSupport.SESSION_MGR) instanceof TlsEndpoint known
                ? Optional.of(known)
                : Optional.empty();
    }

    @Override
    public boolean isLastAnswer() {
        FairleadHttp11Processor processor = processor();
        return processor != null && processor.isLastAnswer();
    }

    /** The request's HTTP/1.1 processor; null where the request is a stream of HTTP/2. */
    private FairleadHttp11Processor processor() {
        return (FairleadHttp11Processor) request.getCoyoteRequest().getNote(FairleadHttp11Processor.NOTE);
    }
}
