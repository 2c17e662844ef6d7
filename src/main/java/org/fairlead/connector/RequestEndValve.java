package org.fairlead.connector;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Enumeration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.MimeHeaders;
import org.fairlead.accesslog.Completion;
import org.fairlead.accesslog.Completion.State;
import org.fairlead.accesslog.HeadSize;
import org.fairlead.exchange.LauncherAttributes;
import org.fairlead.http.ReasonPhrases;

/**
 * Valve that notifies the servlet how each request ended, after its last byte, for the access log. Requests that Tomcat
 * refuses itself are included: their head could not be read, or no application is there to take them. Thread-safe.
 */
public final class RequestEndValve extends ValveBase implements AccessLog {
    private final ServletContext context;

    /** @param context where the servlet leaves the log for requests that never reach it */
    public RequestEndValve(ServletContext context) {
        super(true);
        this.context = context;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void log(Request request, Response response, long time) {
        if (request.getAttribute(LauncherAttributes.LOG_LATER) instanceof Consumer<?> later) {
            request.removeAttribute(LauncherAttributes.LOG_LATER);
            Optional<FairleadHttp11Processor> processor = processor(request);
            if (processor.isPresent() && !processor.get().asksForPath()) {
                request.setAttribute(
                        LauncherAttributes.REQUEST_LINE, processor.get().requestLine());
            }
            ((Consumer<Completion>) later).accept(ending(request, response, false));
        } else if (context.getAttribute(LauncherAttributes.LOG_REFUSED) instanceof Supplier<?> refused) {
            Optional<BiConsumer<HttpServletRequest, Completion>> listener =
                    ((Supplier<Optional<BiConsumer<HttpServletRequest, Completion>>>) refused).get();
            if (listener.isPresent()) {
                tell(listener.get(), request, response);
            }
        }
    }

    private static void tell(BiConsumer<HttpServletRequest, Completion> listener, Request request, Response response) {
        processor(request)
                .map(FairleadHttp11Processor::requestLine)
                .ifPresent(line -> request.setAttribute(LauncherAttributes.REQUEST_LINE, line));
        listener.accept(request, ending(request, response, true));
    }

    private static Optional<FairleadHttp11Processor> processor(Request request) {
        return request.getCoyoteRequest().getNote(FairleadHttp11Processor.NOTE)
                        instanceof FairleadHttp11Processor processor
                ? Optional.of(processor)
                : Optional.empty();
    }

    /** @param refused whether Tomcat responds by itself; its own fields are not there yet then */
    private static Completion ending(Request request, Response response, boolean refused) {
        MimeHeaders fields = response.getCoyoteResponse().getMimeHeaders();
        boolean last =
                refused && response.getStatus() >= 400 || "close".equalsIgnoreCase(fields.getHeader("Connection"));
        boolean broken = response.getCoyoteResponse().isExceptionPresent();
        boolean head = "HEAD".equals(request.getMethod());
        return new Completion(
                response.getStatus(),
                head ? 0 : response.getCoyoteResponse().getContentWritten(),
                broken ? State.ABORTED : last ? State.CLOSED : State.KEPT,
                processor(request).map(FairleadHttp11Processor::requestsBefore).orElse(-1),
                new OfTomcat(request, response, fields),
                System.nanoTime());
    }

    /** Bytes are counted when they are asked for. */
    private record OfTomcat(Request request, Response response, MimeHeaders fields) implements Completion.Transfer {
        @Override
        public long received() {
            org.apache.coyote.Request coyote = request.getCoyoteRequest();
            int query = coyote.queryString().isNull()
                    ? 0
                    : 1 + length(coyote.queryString().toString());
            long line = HeadSize.requestLine(
                    length(coyote.getMethod()),
                    length(coyote.requestURI().toString()) + query,
                    length(coyote.protocol().toString()));
            return line + size(coyote.getMimeHeaders()) + coyote.getBytesRead();
        }

        private static int length(String textOrNull) {
            return textOrNull == null ? 0 : textOrNull.length();
        }

        @Override
        public long sent() {
            int reason = processor(request).isPresent()
                    ? ReasonPhrases.of(response.getStatus()).length()
                    : 0;
            return HeadSize.STATUS_LINE
                    + reason
                    + size(fields)
                    + response.getCoyoteResponse().getBytesWritten(false);
        }

        private static long size(MimeHeaders headers) {
            long size = 0;
            for (int i = 0; i < headers.size(); i++) {
                size += HeadSize.field(
                        headers.getName(i).getLength(), headers.getValue(i).getLength());
            }
            return size;
        }

        @Override
        public Optional<String> field(String name) {
            if (!name.equalsIgnoreCase("Set-Cookie")) {
                return Optional.ofNullable(fields.getHeader(name));
            }
            StringBuilder all = new StringBuilder();
            for (Enumeration<String> values = fields.values(name); values.hasMoreElements(); ) {
                all.append(all.isEmpty() ? "" : ", ").append(values.nextElement());
            }
            return all.isEmpty() ? Optional.empty() : Optional.of(all.toString());
        }

        @Override
        public Optional<String> trailer(String name) {
            return Optional.ofNullable(response.getTrailerFields())
                    .flatMap(trailers -> trailers.get().entrySet().stream()
                            .filter(field -> field.getKey().equalsIgnoreCase(name))
                            .map(java.util.Map.Entry::getValue)
                            .findFirst());
        }
    }

    /** Ignored: the valve has no request attributes of its own, and Fairlead determines the client's address. */
    @Override
    public void setRequestAttributesEnabled(boolean enabled) {}

    @Override
    public boolean getRequestAttributesEnabled() {
        return false;
    }
}
