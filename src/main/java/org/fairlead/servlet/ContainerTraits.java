package org.fairlead.servlet;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.fairlead.exchange.ContainerExtensions;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.ResponseHead;

/** Capabilities of the container beyond the Servlet API, determined once from {@code ServletContext.getServerInfo}. */
final class ContainerTraits {
    /** Tomcat's two steps of a reset are next to each other in one thread. */
    private static final long RESET_NANOS = Duration.ofMillis(2).toNanos();

    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(ContainerTraits.class.getName());

    private static final String CLOSE_NOW_EXCEPTION = "org.apache.coyote.CloseNowException";

    private final String name;
    private final boolean tomcat;
    private final boolean jetty;
    private final AtomicBoolean told = new AtomicBoolean();

    private ContainerTraits(String name) {
        this.name = name;
        this.tomcat = name.startsWith("Apache Tomcat/");
        this.jetty = name.startsWith("jetty/");
    }

    static ContainerTraits of(String serverInfo) {
        return new ContainerTraits(serverInfo);
    }

    /**
     * Whether {@code HttpServletRequest.upgrade} can be relied on: not in Jetty. Up to 12.0 it says "not implemented".
     * In 12.1 (seen in 12.1.12) a request without {@code Content-Length}, as every browser sends it, finds its input
     * ended from the start. What the client then sends into its tunnel is read as its next request.
     */
    boolean canUpgrade() {
        if (jetty && !told.getAndSet(true)) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot switch protocols: clients that ask for it get 501", name);
        }
        return !jetty;
    }

    /**
     * Clears the error of a body that could not be read. Tomcat notes it as our error with a page of its own, while the
     * response is made by us. Without our launcher the page stays Tomcat's, but its status is the client's fault.
     */
    void forgetError(HttpServletRequest request, Optional<ContainerExtensions> connector) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) == null) {
            return;
        }
        request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
        connector.ifPresent(ContainerExtensions::forgetError);
    }

    /**
     * Ends a response that has no body by its nature: Jetty would give a 304 a {@code Content-Length: 0} at its end.
     */
    void endHead(HttpServletResponse response) throws IOException {
        if (jetty) {
            response.flushBuffer();
        }
    }

    /** Sends 103 (RFC 8297) where the container can; other interim responses are dropped. */
    void sendInterim(HttpServletResponse response, ResponseHead interim) throws IOException {
        if (!tomcat || interim.status() != 103 || response.isCommitted()) {
            return;
        }
        interim.headers().forEach(response::addHeader);
        try {
            // Tomcat's way until the API has one: for 103 this is no error but an interim response with these fields.
            response.sendError(103);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "an interim response is too long to be passed on", e);
        }
        response.reset();
    }

    /**
     * An exception that, thrown by the servlet, makes the container cut a committed response: on HTTP/1.1 the
     * connection ends before the message does, on HTTP/2 its stream is reset. Tomcat has a kind of its own that it does
     * not log.
     */
    IOException cut(Throwable cause) {
        if (tomcat) {
            try {
                return (IOException) Class.forName(CLOSE_NOW_EXCEPTION)
                        .getConstructor(String.class, Throwable.class)
                        .newInstance("the answer could not be completed", cause);
            } catch (ReflectiveOperationException e) {
                LOG.log(System.Logger.Level.DEBUG, "this Tomcat has no " + CLOSE_NOW_EXCEPTION, e);
            }
        }
        return new CutAnswerException(cause);
    }

    /**
     * To be called where the container asks for the trailers of a response that was cut. On HTTP/2 Tomcat asks for them
     * last of all, to end the stream as if the response was whole; the exception thrown here makes it reset the stream.
     */
    void refuseToFinish() {
        if (tomcat) {
            throwUndeclared(cut(new IOException("a cut answer has no trailers")));
        }
    }

    /** A supplier declares no exception, but Tomcat handles this one where it calls it. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwUndeclared(Throwable failure) throws E {
        throw (E) failure;
    }

    /** Ends a cut response; its reason was logged where it was found. */
    private static final class CutAnswerException extends IOException {
        CutAnswerException(Throwable cause) {
            super("the answer could not be completed", cause);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /**
     * Whether a body that came over HTTP/2 and has ended is whole. Where the launcher is not ours, Tomcat's stream ends
     * at a reset as it does at END_STREAM; an attribute records the reset a moment after the stream's end. Jetty's
     * stream fails by itself.
     */
    boolean isBodyWhole(HttpServletRequest request, Optional<ContainerExtensions> connector) {
        if (connector.isPresent()) {
            return connector.get().isBodyWhole();
        }
        if (tomcat && request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) == null) {
            LockSupport.parkNanos(RESET_NANOS);
        }
        return request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) == null;
    }

    /**
     * To be called when a response has to end so that its client sees that it is cut. A container that knows the
     * response's length would end it on HTTP/2 as if it was whole. So it is made to ask for trailers, which
     * {@link #refuseToFinish}.
     */
    void cutTrailers(HttpServletResponse response, Supplier<Map<String, String>> trailers) {
        if (tomcat) {
            response.setTrailerFields(trailers);
        }
    }

    /** Control of a body that is awaited, where our own launcher offers more than the API. */
    interface BodyControl extends Http2Body.End {
        /** As {@link RequestBody#await}, where the launcher is ours. */
        void await(RequestBody.Wait wait) throws IOException;

        /** Bytes that can be read without blocking; those in the socket only where the launcher is ours. */
        int available(ServletInputStream in) throws IOException;

        /** Ends the reads that start from now on after this time, where the launcher is ours. */
        void readTimeout(Duration limit);

        /** Keeps the container from reading what is left of the body, where the launcher is ours. */
        void dropRest();
    }

    BodyControl bodyControl(HttpServletRequest request, Optional<ContainerExtensions> connector) {
        return new BodyControl() {
            @Override
            public int available(ServletInputStream in) throws IOException {
                boolean chunked = request.getContentLengthLong() < 0 && !ServletHead.isHttp2(request);
                if (chunked && (tomcat || connector.isPresent())) {
                    // Asked for available bytes, Tomcat skips an empty line in front of a chunk, which is an error (RFC
                    // 9112 7.1). So it is not asked: a helper thread waits for what comes.
                    return connector.map(ContainerExtensions::availableInChunks).orElse(0);
                }
                int buffered = in.available();
                if (request.getContentLengthLong() >= 0) {
                    return buffered > 0
                            ? buffered
                            : connector.map(ContainerExtensions::fill).orElse(buffered);
                }
                // Tomcat returns 1 for any number of bytes that it has.
                return buffered > 1
                        ? buffered
                        : connector.map(ContainerExtensions::fill).orElse(0);
            }

            @Override
            public void await(RequestBody.Wait wait) throws IOException {
                if (connector.isPresent()) {
                    connector.get().await(wait);
                } else {
                    wait.run();
                }
            }

            @Override
            public boolean hasCome() {
                return connector.isPresent() && connector.get().isBodyWhole();
            }

            @Override
            public boolean isWhole() {
                return isBodyWhole(request, connector);
            }

            @Override
            public void readTimeout(Duration limit) {
                // Later than our own timeout, because Tomcat responds by itself when a read of its own times out.
                connector.ifPresent(own -> own.readTimeout(limit.plus(GRACE)));
            }

            @Override
            public void dropRest() {
                connector.ifPresent(ContainerExtensions::dropBody);
            }
        };
    }
}
