package org.fairlead.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.fairlead.accesslog.AccessLogs;
import org.fairlead.accesslog.Completion;
import org.fairlead.accesslog.Completion.State;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.LauncherAttributes;
import org.fairlead.route.HeaderRules.Moment;
import org.fairlead.route.Host;
import org.fairlead.runtime.Generation;
import org.fairlead.runtime.ProxyRuntime;

/** Access log of this web application: makes one entry for every request, where the configuration names access logs. */
final class RequestLog {
    private final ProxyRuntime runtime;
    private final boolean launcher;

    RequestLog(ProxyRuntime runtime, ServletContext context) {
        this.runtime = runtime;
        this.launcher = context.getAttribute(LauncherAttributes.TELLS_ENDINGS) != null;
        if (launcher) {
            Optional<BiConsumer<HttpServletRequest, Completion>> listener = Optional.of(this::refused);
            Supplier<Optional<BiConsumer<HttpServletRequest, Completion>>> whoever =
                    () -> runtime.keepsAccessLogs() ? listener : Optional.empty();
            context.setAttribute(LauncherAttributes.LOG_REFUSED, whoever);
        }
    }

    /** Access log entry of this request; empty where the configuration names no log. */
    Optional<AccessLogEntry> begin(
            Generation generation, ServletExchange exchange, HttpServletRequest request, HttpServletResponse response) {
        AccessLogs logs = generation.accessLogs();
        if (logs.isEmpty()) {
            return Optional.empty();
        }
        LoggedExchange served = new LoggedExchange(exchange, request, Moment.now());
        AccessLogEntry telling = new AccessLogEntry(logs, served, exchange, request, response, launcher);
        exchange.tell(telling);
        return Optional.of(telling);
    }

    /** Logs a request that this servlet itself refuses before it is an exchange; the launcher logs it by itself. */
    void refused(HttpServletRequest request, int status) {
        if (!launcher && runtime.keepsAccessLogs()) {
            refused(request, new Completion(status, 0, State.KEPT, -1, Unknown.TRANSFER, System.nanoTime()));
        }
    }

    private void refused(HttpServletRequest request, Completion ending) {
        Generation generation = runtime.pin();
        try {
            ClientConnection client = ServletHead.connection(request);
            String authority = ServletHead.authority(request).orElse("");
            Host host = generation.engine().host(client, authority);
            Moment over = new Moment(ending.nanos());
            String line = request.getAttribute(LauncherAttributes.REQUEST_LINE) instanceof String text ? text : "";
            generation
                    .accessLogs()
                    .of(host.config())
                    .write(new RejectedRequest(request, client, host, line, over), ending);
        } finally {
            generation.release();
        }
    }

    /** Unknown byte counts: the container does not report what it sends. */
    private enum Unknown implements Completion.Transfer {
        TRANSFER;

        @Override
        public long received() {
            return 0;
        }

        @Override
        public long sent() {
            return 0;
        }

        @Override
        public Optional<String> field(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> trailer(String name) {
            return Optional.empty();
        }
    }
}
