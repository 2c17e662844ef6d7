package org.fairlead.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.function.Consumer;
import org.fairlead.accesslog.AccessLogs;
import org.fairlead.accesslog.Ending;
import org.fairlead.accesslog.Ending.State;
import org.fairlead.accesslog.HeadSize;
import org.fairlead.engine.ExchangeObserver;
import org.fairlead.exchange.Headers;
import org.fairlead.exchange.LauncherAttributes;
import org.fairlead.exchange.ResponseHead;
import org.fairlead.exchange.Tunnel;

/**
 * One request's way into the access log. Our own launcher says how it ended, after the last byte; in another container we
 * say ourselves what can be known when the servlet returns. A tunnel is told of when it ends.
 */
final class Telling {
    private final AccessLogs logs;
    private final ServedExchange served;
    private final ServletExchange exchange;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final boolean launcher;
    private boolean clientGone;
    private boolean switched;

    Telling(
            AccessLogs logs,
            ServedExchange served,
            ServletExchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            boolean launcher) {
        this.logs = logs;
        this.served = served;
        this.exchange = exchange;
        this.request = request;
        this.response = response;
        this.launcher = launcher;
    }

    /** Hears what the engine does. */
    ExchangeObserver observer() {
        return served;
    }

    void clientGone() {
        clientGone = true;
    }

    /** The tunnel, which is told of when it has ended. */
    Tunnel follow(Tunnel tunnel, ResponseHead head) {
        switched = true;
        served.keep();
        long heads = HeadSize.of(exchange.request()) + HeadSize.of(head.headers());
        return new MeteredTunnel(
                tunnel,
                (received, sent) -> write(new Ending(
                        101,
                        0,
                        State.CLOSED,
                        -1,
                        new OfTunnel(head.headers(), heads, received, sent),
                        System.nanoTime())));
    }

    /** The servlet has done its part. */
    void end() {
        if (switched) {
            request.setAttribute(LauncherAttributes.LOG_LATER, (Consumer<Ending>) ending -> {});
        } else if (launcher) {
            request.setAttribute(LauncherAttributes.LOG_LATER, (Consumer<Ending>) this::write);
        } else {
            write(seen());
        }
    }

    private void write(Ending ending) {
        served.host()
                .ifPresent(host -> logs.of(host.config())
                        .write(served, clientGone || exchange.isAborted() ? ending.broken() : ending));
    }

    private Ending seen() {
        long body = exchange.bodyBytes()
                .orElseGet(() -> Optional.ofNullable(response.getHeader("Content-Length"))
                        .filter(length -> !exchange.request().isHead() && length.matches("\\d{1,18}"))
                        .map(Long::valueOf)
                        .orElse(0L));
        boolean last = exchange.request().protocol().equals("HTTP/1.0")
                || "close".equalsIgnoreCase(response.getHeader("Connection"))
                || exchange.request()
                        .headers()
                        .first("Connection")
                        .filter(option -> option.equalsIgnoreCase("close"))
                        .isPresent();
        return new Ending(
                response.getStatus(),
                body,
                last ? State.CLOSED : State.KEPT,
                -1,
                new OfServlet(body),
                System.nanoTime());
    }

    /** What a servlet can know of what went over the wire. */
    private final class OfServlet implements Ending.Transfer {
        private final long body;

        OfServlet(long body) {
            this.body = body;
        }

        @Override
        public long received() {
            return HeadSize.of(exchange.request()) + exchange.bodyReceived();
        }

        @Override
        public long sent() {
            Headers fields = new Headers();
            response.getHeaderNames()
                    .forEach(name -> response.getHeaders(name).forEach(value -> fields.add(name, value)));
            return HeadSize.of(fields) + body;
        }

        @Override
        public Optional<String> field(String name) {
            return name.equalsIgnoreCase("Set-Cookie") && response.containsHeader(name)
                    ? Optional.of(String.join(", ", response.getHeaders(name)))
                    : Optional.ofNullable(response.getHeader(name));
        }

        @Override
        public Optional<String> trailer(String name) {
            return exchange.answerTrailers().first(name);
        }
    }

    private record OfTunnel(Headers fields, long heads, long bytesReceived, long bytesSent) implements Ending.Transfer {
        @Override
        public long received() {
            return bytesReceived + heads - HeadSize.of(fields);
        }

        @Override
        public long sent() {
            return bytesSent + HeadSize.of(fields);
        }

        @Override
        public Optional<String> field(String name) {
            return fields.first(name);
        }

        @Override
        public Optional<String> trailer(String name) {
            return Optional.empty();
        }
    }
}
