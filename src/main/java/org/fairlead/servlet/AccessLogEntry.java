package org.fairlead.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.function.Consumer;
import org.fairlead.accesslog.AccessLogs;
import org.fairlead.accesslog.Completion;
import org.fairlead.accesslog.Completion.State;
import org.fairlead.accesslog.HeadSize;
import org.fairlead.counters.FailureKind;
import org.fairlead.engine.ExchangeObserver;
import org.fairlead.exchange.LauncherAttributes;
import org.fairlead.exchange.Tunnel;
import org.fairlead.http.Headers;
import org.fairlead.http.ResponseHead;

/**
 * Access log entry of one request. Our own launcher reports its end after the last byte; in another container the entry
 * is made of what is known when the servlet returns. A tunnel's entry is written when it ends.
 */
final class AccessLogEntry {
    private final AccessLogs logs;
    private final LoggedExchange served;
    private final ServletExchange exchange;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final boolean launcher;
    private boolean clientGone;
    private boolean switched;

    AccessLogEntry(
            AccessLogs logs,
            LoggedExchange served,
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

    /** Observer of the engine's events. */
    ExchangeObserver observer() {
        return served;
    }

    void clientGone() {
        clientGone = true;
        served.failed(FailureKind.CLIENT_GONE, false);
    }

    /** Wraps the tunnel, whose entry is written when it has ended. */
    Tunnel follow(Tunnel tunnel, ResponseHead head) {
        switched = true;
        served.keep();
        long heads = HeadSize.of(exchange.request()) + HeadSize.of(head.headers());
        return new MeteredTunnel(
                tunnel,
                (received, sent) -> write(new Completion(
                        101,
                        0,
                        State.CLOSED,
                        -1,
                        new OfTunnel(head.headers(), heads, received, sent),
                        System.nanoTime())));
    }

    /** To be called when the servlet has done its part. */
    void end() {
        if (switched) {
            request.setAttribute(LauncherAttributes.LOG_LATER, (Consumer<Completion>) ending -> {});
        } else if (launcher) {
            request.setAttribute(LauncherAttributes.LOG_LATER, (Consumer<Completion>) this::write);
        } else {
            write(seen());
        }
    }

    private void write(Completion ending) {
        served.host()
                .ifPresent(host -> logs.of(host.config())
                        .write(served, clientGone || exchange.isAborted() ? ending.broken() : ending));
    }

    private Completion seen() {
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
        return new Completion(
                response.getStatus(),
                body,
                last ? State.CLOSED : State.KEPT,
                -1,
                new OfServlet(body),
                System.nanoTime());
    }

    /** Byte counts that a servlet can know of the connection. */
    private final class OfServlet implements Completion.Transfer {
        private final long body;

        OfServlet(long body) {
            this.body = body;
        }

        @Override
        public long received() {
            return HeadSize.of(exchange.request()) + ServletBody.received(exchange.body());
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

    private record OfTunnel(Headers fields, long heads, long bytesReceived, long bytesSent)
            implements Completion.Transfer {
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
