package org.fairlead.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.fairlead.exchange.ContainerExtensions;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;

/** The body of a servlet request; its stream is opened when a member is there to take it. */
final class ServletBody implements RequestBody {
    private static final String READ_BEFORE =
            "the request's body was read before it came here: let no filter in front of"
                    + " this servlet read it, or map that filter so that it leaves this servlet's paths alone";

    private final HttpServletRequest request;
    private final long length;
    private final ExchangeSurroundings around;
    private final ContainerTraits.BodyControl control;
    private Optional<ClientStream> stream = Optional.empty();

    private ServletBody(
            HttpServletRequest request, long length, ExchangeSurroundings around, ContainerTraits.BodyControl control) {
        this.request = request;
        this.length = length;
        this.around = around;
        this.control = control;
    }

    /**
     * Determines whether there is a body without reading it. A form that a filter has read is written out again.
     *
     * @throws RefusedException 500 if a filter in front of this servlet has read it otherwise, so that a member would
     *     wait for bytes that never come
     */
    static RequestBody of(
            HttpServletRequest request, ExchangeSurroundings around, Optional<ContainerExtensions> connector)
            throws RefusedException, IOException {
        long length = length(request);
        if (length == 0) {
            return NONE;
        }
        if (length < 0 && request.getHeader("Transfer-Encoding") == null && !mayLackLength(request)) {
            if (ServletHead.isHttp2(request) && !around.container().isBodyWhole(request, connector)) {
                throw new RefusedException(400, "the client has reset its stream before the request's end");
            }
            return NONE;
        }
        if (isRead(request)) {
            Optional<RequestBody> form = FormBody.of(request);
            if (form.isPresent()) {
                return form.get();
            } else if (length > 0) {
                throw new RefusedException(500, READ_BEFORE);
            }
        }
        return new ServletBody(request, length, around, around.container().bodyControl(request, connector));
    }

    /** The length by the container, or by the field where a container of tests says 0 for all requests. */
    private static long length(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        String field = length == 0 ? ServletHead.text(request.getHeader("Content-Length")) : "";
        return field.matches("\\d{1,18}") ? Long.parseLong(field) : length;
    }

    /** Whether nothing of it is left. Grizzly calls a stream finished when its last byte has arrived, read or not. */
    private static boolean isRead(HttpServletRequest request) throws IOException {
        ServletInputStream in = request.getInputStream();
        return in.isFinished() && in.available() <= 0;
    }

    private ServletInputStream input() throws IOException {
        ServletInputStream in = request.getInputStream();
        return ServletHead.isHttp2(request) ? new Http2Body(in, length, control) : in;
    }

    /** HTTP/2 needs neither content-length nor transfer-encoding: there, only the stream knows. */
    private static boolean mayLackLength(HttpServletRequest request) throws IOException {
        return ServletHead.isHttp2(request) && !request.getInputStream().isFinished();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public InputStream stream() throws IOException {
        return client();
    }

    private ClientStream client() throws IOException {
        if (stream.isEmpty()) {
            stream = Optional.of(
                    new ClientStream(input(), around.bodyTimeout(), around.timeout(), around.threads(), control));
        }
        return stream.get();
    }

    @Override
    public void await(Wait wait) throws IOException {
        control.await(wait);
    }

    @Override
    public boolean isReady(Runnable wake) throws IOException {
        return client().isReady(wake);
    }

    /** Whether the connection cannot serve another request, because this body is still waited for. */
    boolean isAbandoned() {
        return stream.isPresent() && stream.get().isAbandoned();
    }

    /** Bytes of a request's body that were read so far. */
    static long received(RequestBody body) {
        return body instanceof ServletBody read
                ? read.stream.map(ClientStream::received).orElse(0L)
                : 0;
    }

    /** Last call of all, before the container recycles its request. */
    void settle() {
        stream.ifPresent(ClientStream::settle);
    }

    @Override
    public Headers trailers() {
        Headers trailers = new Headers();
        if (request.isTrailerFieldsReady()) {
            request.getTrailerFields().forEach(trailers::add);
        }
        return trailers;
    }
}
