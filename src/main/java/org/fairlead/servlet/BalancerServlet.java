package org.fairlead.servlet;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.http.client.HttpClient;
import org.fairlead.admin.Handlers;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.config.LoadedConfig;
import org.fairlead.engine.ProxyEngine;
import org.fairlead.eventloop.ReadPollerThread;
import org.fairlead.exchange.ConnectorResponses;
import org.fairlead.exchange.ReadinessNotifier;
import org.fairlead.http.RefusedException;
import org.fairlead.model.ReadTimeout;
import org.fairlead.model.ServerConfig;
import org.fairlead.operations.ReloadSnapshot;
import org.fairlead.runtime.Generation;
import org.fairlead.runtime.ListenerControl;
import org.fairlead.runtime.ProxyRuntime;
import org.mitre.dsmiley.httpproxy.ProxyServlet;

/**
 * Where a container hands requests to Fairlead. It is a {@link ProxyServlet} by type, so that it drops into the place
 * of one, and shares none of its request path.
 *
 * <p>The configuration is what the launcher left in the servlet context, else the file that {@link ConfigLocator}
 * finds. Without one, or with a broken one, every request gets 503 and the log says why.
 */
public final class BalancerServlet extends ProxyServlet {
    private static final System.Logger LOG = System.getLogger(BalancerServlet.class.getName());

    /** Threads that have been told to end are gone in milliseconds, unless the machine has other things to do. */
    private static final Duration THREADS_TIMEOUT = Duration.ofSeconds(10);

    private static final String REFUSED = "Fairlead's configuration is refused: see the log";

    private transient Optional<ProxyRuntime> runtime = Optional.empty();
    private transient Optional<ConfigWatch> watch = Optional.empty();
    private transient Optional<ConfigBean> bean = Optional.empty();
    private transient ContainerTraits container;
    private transient volatile ExchangeSurroundings around;
    private transient Optional<RequestLog> log = Optional.empty();
    private transient Optional<ReadPollerThread> poller = Optional.empty();
    private String unavailable = "";

    @Override
    public void init() throws ServletException {
        super.init();
        container = ContainerTraits.of(getServletContext().getServerInfo());
        Optional<LoadedConfig> configuration = configuration();
        around = new ExchangeSurroundings(
                container,
                ReadTimeout.NONE,
                ServerConfig.DEFAULTS.timeout(),
                new BodyThreads(),
                new OpenTunnels(),
                new AsyncSuspensions());
        configuration.ifPresent(loaded -> surround(loaded.config().server()));
        runtime = configuration.flatMap(this::start);
        log = runtime.map(running -> new RequestLog(running, getServletContext()));
        runtime.ifPresent(running ->
                getServletContext().setAttribute(ConnectorResponses.ATTRIBUTE, new RefusalResponses(running)));
    }

    private void surround(ServerConfig server) {
        around = new ExchangeSurroundings(
                container,
                server.bodyTimeout(),
                server.timeout(),
                around.threads(),
                around.tunnels(),
                around.suspensions());
    }

    private Optional<ProxyRuntime> start(LoadedConfig loaded) {
        try {
            ProxyRuntime started = ProxyRuntime.start(loaded.config(), readiness(), Handlers::of);
            watch = loaded.files().stream()
                    .findFirst()
                    .map(file -> ConfigWatch.start(loaded, file, front(), next -> {
                        started.replace(next);
                        surround(next.server());
                    }));
            bean = watch.map(w -> new ConfigBean(getServletContext().getContextPath(), w::state));
            bean.ifPresent(b -> watch.get().later(b::show));
            ReloadSnapshot first = ReloadSnapshot.started(Instant.now());
            started.surround(
                    front(),
                    around.tunnels()::count,
                    () -> watch.map(ConfigWatch::state).orElse(first));
            return Optional.of(started);
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.ERROR, "the configuration cannot run: {0}", e.getMessage());
            unavailable = REFUSED;
            return Optional.empty();
        }
    }

    private ReadinessNotifier readiness() {
        return getServletContext().getAttribute(ReadinessNotifier.ATTRIBUTE) instanceof ReadinessNotifier own
                ? own
                : ownPoller();
    }

    /** Where the container is not ours, members are polled by a thread of this servlet's. */
    private ReadinessNotifier ownPoller() {
        poller = Optional.of(new ReadPollerThread("fairlead-member-poller"));
        return poller.get();
    }

    private ListenerControl front() {
        return getServletContext().getAttribute(ListenerControl.ATTRIBUTE) instanceof ListenerControl front
                ? front
                : ListenerControl.NONE;
    }

    private Optional<LoadedConfig> configuration() {
        if (getServletContext().getAttribute(LoadedConfig.class.getName()) instanceof LoadedConfig loaded) {
            return Optional.of(loaded);
        }
        Optional<ConfigLocator.Found> found = new ConfigLocator(getServletContext()).find();
        if (found.isEmpty()) {
            unavailable = "Fairlead has no configuration. Name a file by, or put it at: " + ConfigLocator.places();
            LOG.log(System.Logger.Level.ERROR, unavailable);
            return Optional.empty();
        }
        return load(found.get());
    }

    private Optional<LoadedConfig> load(ConfigLocator.Found found) {
        LOG.log(System.Logger.Level.INFO, "configuration {0} ({1})", found.file(), found.origin());
        try {
            LoadedConfig loaded = new ConfigLoader().load(found.file());
            loaded.notices().forEach(notice -> LOG.log(System.Logger.Level.WARNING, notice::toString));
            loaded.connectorDirectives().forEach(notice -> LOG.log(System.Logger.Level.WARNING, notice::toString));
            return Optional.of(loaded);
        } catch (ConfigException e) {
            e.problems().forEach(problem -> LOG.log(System.Logger.Level.ERROR, problem::toString));
            unavailable = REFUSED;
            return Optional.empty();
        }
    }

    @Override
    public void destroy() {
        bean.ifPresent(ConfigBean::close);
        watch.ifPresent(ConfigWatch::close);
        around.tunnels().close();
        around.suspensions().close();
        runtime.ifPresent(ProxyRuntime::close);
        poller.ifPresent(ReadPollerThread::close);
        around.threads().close();
        OwnThreads.awaitEnd(getServletContext().getClassLoader(), THREADS_TIMEOUT);
        super.destroy();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (around.suspensions().resume(request)) {
            return;
        }
        if (runtime.isEmpty()) {
            sayUnavailable(response);
            return;
        }
        ServletExchange exchange;
        try {
            exchange = new ServletExchange(request, response, around);
        } catch (RefusedException e) {
            LOG.log(System.Logger.Level.DEBUG, "refused with {0}: {1}", e.status(), e.getMessage());
            response.sendError(e.status());
            log.get().refused(request, e.status());
            return;
        }
        Generation generation = runtime.get().pin();
        Optional<AccessLogEntry> telling = log.get().begin(generation, exchange, request, response);
        Serving serving = new Serving(exchange, response, container, generation, telling);
        exchange.pausesWith(serving);
        serving.run(() -> {
            ProxyEngine.Outcome outcome = generation.engine().handle(exchange, serving);
            if (outcome == ProxyEngine.Outcome.DECLINED) {
                declined(generation, exchange, request, response);
            }
            return outcome != ProxyEngine.Outcome.PAUSED;
        });
    }

    /** A path that no rule proxies is the web application's own: its static content, where it has any. */
    private void declined(
            Generation generation, ServletExchange exchange, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        RequestDispatcher content = getServletContext().getNamedDispatcher("default");
        if (content == null) {
            generation.engine().answerNotFound(exchange);
        } else {
            content.forward(request, response);
        }
    }

    private void sayUnavailable(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("text/plain;charset=utf-8");
        response.getOutputStream().write((unavailable + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Does nothing: targets come from the configuration, not from the parent's {@code targetUri} parameter. */
    @Override
    protected void initTarget() {}

    /** Returns null, which the parent's {@code destroy} tolerates: no HttpClient 4 is ever built. */
    @Override
    protected HttpClient createHttpClient() {
        return null;
    }
}
