package org.fairlead.servlet;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import org.fairlead.exchange.Headers;
import org.fairlead.exchange.ResponseHead;

/**
 * What the container around us can do beyond the Servlet API, found out once from {@code ServletContext.getServerInfo}.
 */
final class ContainerTraits {
    /**
     * Request attribute by which our own launcher lets us write a field as it is. Servlet containers take
     * {@code Content-Type} apart and put it together again in another spelling.
     */
    static final String RAW_FIELD_WRITER = "org.fairlead.rawFieldWriter";

    /** Request attribute of our launcher: reads what is in the socket without blocking, and says how much there is. */
    static final String FILL = "org.fairlead.fillBody";
    /** Request attribute of our launcher: sets how long a read of the body may block, in milliseconds. */
    static final String READ_TIMEOUT = "org.fairlead.readTimeout";
    /** Request attribute of our launcher: what is left of the body is not to be read. */
    static final String DROP_BODY = "org.fairlead.dropBody";
    /** Request attribute of our launcher: what the container wanted to say of a broken body is ours to say. */
    static final String FORGET_ERROR = "org.fairlead.forgetError";
    /** Request attribute of our launcher: tells whether the connection ends with the answer, as its listener closes. */
    static final String LAST_ANSWER = "org.fairlead.lastAnswer";

    /** More than a chunk's head and the end of the chunk before it, if nobody plays with extensions. */
    private static final int CHUNK_HEAD = 64;

    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(ContainerTraits.class.getName());

    private static final String QUIET_CUT = "org.apache.coyote.CloseNowException";

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
     * Whether {@code HttpServletRequest.upgrade} can be relied on: not in Jetty. Up to 12.0 it says "not implemented"; in
     * 12.1 (seen in 12.1.12) a request without {@code Content-Length}, as every browser sends it, finds its input ended
     * from the start, and what the client then sends into its tunnel is read as its next request.
     */
    boolean canUpgrade() {
        if (jetty && !told.getAndSet(true)) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot switch protocols: clients that ask for it get 501", name);
        }
        return !jetty;
    }

    /**
     * Whether a client has to be told that its connection ends with this answer, so that it sends nothing into the end.
     * Tomcat closes the connections of a listener that is closed, and does not say so.
     */
    static boolean isLastAnswer(HttpServletRequest request) {
        return request.getAttribute(LAST_ANSWER) instanceof BooleanSupplier last && last.getAsBoolean();
    }

    /**
     * Takes back that a body could not be read, which Tomcat notes as an error of ours with a page of its own, since the
     * answer is made by us. Without our launcher the page stays Tomcat's, but its status is the client's fault.
     */
    void forgetError(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) == null) {
            return;
        }
        request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
        if (request.getAttribute(FORGET_ERROR) instanceof Runnable forget) {
            forget.run();
        }
    }

    /** Ends an answer that has no body by its nature: Jetty would give a 304 a {@code Content-Length: 0} at its end. */
    void endHead(HttpServletResponse response) throws IOException {
        if (jetty) {
            response.flushBuffer();
        }
    }

    /** Sends 103 (RFC 8297) where the container can; other interim answers are dropped. */
    void sendInterim(HttpServletResponse response, ResponseHead interim) throws IOException {
        if (!tomcat || interim.status() != 103 || response.isCommitted()) {
            return;
        }
        interim.headers().forEach(response::addHeader);
        // Tomcat's way until the API has one: for 103 this is not an error but an interim answer with these fields.
        response.sendError(103);
        response.reset();
    }

    /**
     * An exception that, thrown by the servlet, makes the container cut a committed answer: on HTTP/1.1 the connection
     * ends before the message does, on HTTP/2 its stream is reset. Tomcat has a kind of its own that it does not log.
     */
    IOException cut(Throwable cause) {
        if (tomcat) {
            try {
                return (IOException) Class.forName(QUIET_CUT)
                        .getConstructor(String.class, Throwable.class)
                        .newInstance("the answer could not be completed", cause);
            } catch (ReflectiveOperationException e) {
                LOG.log(System.Logger.Level.DEBUG, "this Tomcat has no " + QUIET_CUT, e);
            }
        }
        return new CutAnswerException(cause);
    }

    /**
     * To be called where the container asks for the trailers of an answer that was cut. On HTTP/2 Tomcat asks for them
     * last of all, to end the stream as if the answer was whole; what it is thrown here makes it reset the stream.
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

    /** Ends a cut answer; its reason was logged where it was found. */
    private static final class CutAnswerException extends IOException {
        CutAnswerException(Throwable cause) {
            super("the answer could not be completed", cause);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /** What the container does about a body that is awaited, where our own launcher lets us ask for more than the API. */
    interface BodyControl {
        /** Bytes that can be read without blocking; those in the socket only where the launcher is ours. */
        int available(ServletInputStream in) throws IOException;

        /** Ends the reads that start from now on after this time, where the launcher is ours. */
        void readTimeout(Duration limit);

        /** Keeps the container from reading what is left of the body, where the launcher is ours. */
        void dropRest();
    }

    BodyControl bodyControl(HttpServletRequest request) {
        Optional<IntSupplier> filling = hook(request, FILL, IntSupplier.class);
        Optional<LongConsumer> timeout = hook(request, READ_TIMEOUT, LongConsumer.class);
        Optional<Runnable> drop = hook(request, DROP_BODY, Runnable.class);
        return new BodyControl() {
            @Override
            public int available(ServletInputStream in) throws IOException {
                int buffered = in.available();
                if (request.getContentLengthLong() >= 0) {
                    return buffered > 0 || filling.isEmpty()
                            ? buffered
                            : filling.get().getAsInt();
                }
                // Tomcat says 1 for any byte in the socket's buffer, and that may be but a piece of a chunk's head.
                if (buffered > 1) {
                    return buffered;
                }
                int raw = filling.isEmpty() ? 0 : filling.get().getAsInt();
                return raw > CHUNK_HEAD ? raw : 0;
            }

            @Override
            public void readTimeout(Duration limit) {
                // Later than our own alarm, because Tomcat answers by itself when a read of its own times out.
                timeout.ifPresent(hook -> hook.accept(limit.plus(GRACE).toMillis()));
            }

            @Override
            public void dropRest() {
                drop.ifPresent(Runnable::run);
            }
        };
    }

    private static <T> Optional<T> hook(HttpServletRequest request, String name, Class<T> type) {
        return Optional.ofNullable(request.getAttribute(name))
                .filter(type::isInstance)
                .map(type::cast);
    }

    /** Adds the fields of an answer; its length is told to the container apart from them. */
    @SuppressWarnings("unchecked")
    void writeFields(HttpServletRequest request, HttpServletResponse response, Headers headers) {
        Object raw = request.getAttribute(RAW_FIELD_WRITER);
        BiConsumer<String, String> writer =
                raw instanceof BiConsumer ? (BiConsumer<String, String>) raw : response::addHeader;
        for (int i = 0; i < headers.size(); i++) {
            writer.accept(headers.name(i), headers.value(i));
        }
    }
}
