package org.fairlead.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.fairlead.exchange.Headers;
import org.fairlead.exchange.RefusedException;
import org.fairlead.exchange.RequestBody;

/** The body of a servlet request; its stream is opened when a member is there to take it. */
final class ServletBody implements RequestBody {
    private final HttpServletRequest request;
    private final long length;

    private ServletBody(HttpServletRequest request, long length) {
        this.request = request;
        this.length = length;
    }

    /**
     * Finds out whether there is a body without reading of it.
     *
     * @throws RefusedException 500 if a filter in front of this servlet has read it already, so that a member would wait
     *     for bytes that never come
     */
    static RequestBody of(HttpServletRequest request) throws RefusedException, IOException {
        long length = request.getContentLengthLong();
        if (length == 0) {
            return NONE;
        }
        if (length < 0 && request.getHeader("Transfer-Encoding") == null && !mayLackLength(request)) {
            return NONE;
        }
        if (length > 0 && request.getInputStream().isFinished()) {
            throw new RefusedException(
                    500,
                    "the request's body was read before it came here: let no filter in front of this servlet call"
                            + " getParameter() or read the body");
        }
        return new ServletBody(request, length);
    }

    /** HTTP/2 needs neither content-length nor transfer-encoding: there, only the stream knows. */
    private static boolean mayLackLength(HttpServletRequest request) throws IOException {
        if (!request.getProtocol().startsWith("HTTP/2")) {
            return false;
        }
        ServletInputStream stream = request.getInputStream();
        return !stream.isFinished();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public ServletInputStream stream() throws IOException {
        return request.getInputStream();
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
