package org.fairlead.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.http.HttpHost;
import org.apache.http.client.HttpClient;
import org.fairlead.admin.Handlers;
import org.fairlead.api.Fairlead;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.config.LoadedConfig;
import org.fairlead.engine.ProxyEngine;
import org.fairlead.exchange.ConnectorResponses;
import org.fairlead.http.RefusedException;
import org.fairlead.model.ProxyConfig;
import org.fairlead.runtime.Generation;
import org.fairlead.runtime.ListenerControl;
import org.fairlead.runtime.ProxyRuntime;
import org.mitre.dsmiley.httpproxy.ProxyServlet;

/**
 * Servlet that hands requests to Fairlead. It is a {@link ProxyServlet} by type and a drop-in replacement for one.
 *
 * <p>With the init-param {@code targetUri}, or in a subclass that sets its targets itself, it obeys the init-params and
 * the protected hooks of its parent; the target may be {@code balancer://name/path}. Else the configuration comes from
 * an embedding application, the file that the init-param {@code fairlead.config} names, the launcher's object in the
 * servlet context, or the file that {@link ConfigLocator} finds. Without one, or with a broken one, every request gets
 * 503.
 */
public class BalancerServlet extends ProxyServlet {
    private static final System.Logger LOG = System.getLogger(BalancerServlet.class.getName());

    /** Threads that have been told to end do so in milliseconds, unless the machine is busy. */
    private static final Duration THREADS_TIMEOUT = Duration.ofSeconds(10);

    private static final String REFUSED = "Fairlead's configuration is refused: see the log";

    private transient Optional<ProxyRuntime> runtime = Optional.empty();
    private transient Optional<ConfigWatch> watch = Optional.empty();
    private transient Optional<OperatorOutlets> outlets = Optional.empty();
    private transient ContainerTraits container;
    private transient volatile ExchangeSurroundings around;
    private transient Optional<RequestLog> log = Optional.empty();
    private final transient MemberReadiness readiness = new MemberReadiness();
    private String unavailable = "";
    private transient Optional<TargetService> targets = Optional.empty();
    private transient OverriddenHooks hooks;
    private final transient Optional<Fairlead> given;

    /** Constructor for a container; the configuration is located. */
    public BalancerServlet() {
        given = Optional.empty();
    }

    /** For an application that embeds it; {@code init} throws what keeps the configuration from running. */
    public BalancerServlet(Fairlead configuration) {
        given = Optional.of(configuration);
    }

    @Override
    public void init() throws ServletException {
        hooks = OverriddenHooks.of(getClass());
        InheritedParameters.check(getServletName(), this::getConfigParam);
        super.init();
        container = ContainerTraits.of(getServletContext().getServerInfo());
        around = ExchangeSurroundings.of(container, given);
        OwnThreads.begin();
        if (hasTarget()) {
            TargetService service = TargetService.of(this, getProxyClient(), hooks, around);
            service.start(targetUri);
            targets = Optional.of(service);
            return;
        }
        Optional<LoadedConfig> configuration = configuration();
        configuration.ifPresent(loaded -> around = around.with(loaded.config().server()));
        runtime = configuration.flatMap(this::start);
        log = runtime.map(running -> new RequestLog(running, getServletContext()));
        runtime.ifPresent(running ->
                getServletContext().setAttribute(ConnectorResponses.ATTRIBUTE, new RefusalResponses(running)));
    }

    private boolean hasTarget() {
        return getConfigParam(P_TARGET_URI) != null || hooks.tellTarget();
    }

    private Optional<ProxyRuntime> start(LoadedConfig loaded) {
        try {
            ProxyRuntime started = ProxyRuntime.start(loaded.config(), readiness.in(getServletContext()), Handlers::of);
            Consumer<ProxyConfig> replacement = next -> {
                started.replace(next);
                around = around.with(next.server());
            };
            ListenerControl listeners = LauncherParts.listeners(getServletContext());
            watch = loaded.files().stream()
                    .findFirst()
                    .map(file -> ConfigWatch.start(loaded, file, listeners, replacement::accept));
            outlets = Optional.of(
                    OperatorOutlets.open(started, loaded, watch, getServletContext(), around.tunnels()::count));
            given.ifPresent(embedded -> embedded.started(started.operations(), replacement));
            return Optional.of(started);
        } catch (IllegalArgumentException e) {
            if (given.isPresent()) {
                throw e;
            }
            LOG.log(System.Logger.Level.ERROR, "the configuration cannot run: {0}", e.getMessage());
            unavailable = REFUSED;
            return Optional.empty();
        }
    }

    private Optional<LoadedConfig> configuration() {
        if (given.isPresent()) {
            return given.map(Fairlead::configuration);
        }
        Optional<String> own = Optional.ofNullable(getConfigParam(ConfigLocator.PROPERTY));
        if (own.isEmpty()
                && getServletContext().getAttribute(LoadedConfig.class.getName()) instanceof LoadedConfig loaded) {
            return Optional.of(loaded);
        }
        Optional<ConfigLocator.Found> found = new ConfigLocator(getServletContext(), own).find();
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
        given.ifPresent(Fairlead::stopped);
        outlets.ifPresent(OperatorOutlets::close);
        watch.ifPresent(ConfigWatch::close);
        // Absent where init() has failed.
        if (around != null) {
            around.tunnels().close();
            around.suspensions().close();
        }
        runtime.ifPresent(ProxyRuntime::close);
        super.destroy();
        readiness.close();
        if (around != null) {
            around.threads().close();
            OwnThreads.awaitEnd(getServletContext().getClassLoader(), THREADS_TIMEOUT);
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (around.suspensions().resume(request)) {
            return;
        }
        if (targets.isPresent()) {
            targets.get().service(request, response, super::service);
            return;
        }
        if (runtime.isEmpty()) {
            UnavailableResponse.write(response, unavailable);
            return;
        }
        ServletExchange exchange;
        try {
            exchange = new ServletExchange(request, response, around);
        } catch (RefusedException e) {
            System.Logger.Level level = e.status() < 500 ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
            LOG.log(level, "refused with {0}: {1}", e.status(), e.getMessage());
            response.sendError(e.status());
            log.get().refused(request, e.status());
            return;
        }
        Generation generation = runtime.get().pin();
        Optional<AccessLogEntry> telling = log.get().begin(generation, exchange, request, response);
        Serving serving = new Serving(exchange, response, around, generation, telling);
        exchange.pausesWith(serving);
        serving.run(() -> {
            ProxyEngine.Outcome outcome = generation.engine().handle(exchange, serving);
            if (outcome == ProxyEngine.Outcome.DECLINED) {
                ContainerContent.serve(generation, exchange, request, response);
            }
            return outcome != ProxyEngine.Outcome.PAUSED;
        });
    }

    /** Reads {@code targetUri}, where there is one: its host, or the balancer that it names. */
    @Override
    protected void initTarget() throws ServletException {
        if (hasTarget()) {
            TargetService.checkTarget(getServletName(), getConfigParam(P_TARGET_URI));
            super.initTarget();
        }
    }

    /** Returns our engine behind HttpClient 4's interface, or null for a servlet without {@code targetUri}. */
    @Override
    protected HttpClient createHttpClient() {
        if (!hasTarget()) {
            return null;
        }
        OutgoingLimits limits = new OutgoingLimits(
                connectTimeout, readTimeout, connectionRequestTimeout, maxConnections, useSystemProperties);
        OriginProxies proxies = new OriginProxies(
                getServletContext(),
                hooks.contains("buildRequestConfig") ? limits.with(buildRequestConfig()) : limits,
                Optional.ofNullable(getConfigParam(ConfigLocator.PROPERTY)).map(Path::of));
        return new EngineHttpClient(proxies, doHandleCompression, doHandleRedirects);
    }

    @Override
    public String getServletInfo() {
        return "Fairlead, a reverse proxy and load balancer";
    }

    /** Current values of the init-params. */
    final TargetOptions options() {
        return new TargetOptions(doLog, doForwardIP, doPreserveHost, doPreserveCookies);
    }

    /** Notes the target of a request, unless a subclass has done so; returns its host, null where only the URL tells it. */
    final HttpHost prepare(HttpServletRequest request) {
        if (request.getAttribute(ATTR_TARGET_URI) == null) {
            request.setAttribute(ATTR_TARGET_URI, targetUri);
        }
        if (request.getAttribute(ATTR_TARGET_HOST) == null) {
            request.setAttribute(ATTR_TARGET_HOST, targetHost);
        }
        return getTargetHost(request);
    }

    /** As the parent's, but byte for byte what the client sent, unless {@code rewritePathInfoFromRequest} is overridden. */
    @Override
    protected String rewriteUrlFromRequest(HttpServletRequest request) {
        Optional<String> path =
                hooks.contains("rewritePathInfoFromRequest") ? Optional.empty() : TargetPath.behindMount(request);
        if (path.isEmpty()) {
            return super.rewriteUrlFromRequest(request);
        }
        Optional<String> query = TargetPath.query(request);
        return TargetPath.join(
                getTargetUri(request), path.get(), rewriteQueryStringFromRequest(request, query.orElse(null)));
    }

    /** As the parent's, and for a redirect without a host as well. */
    @Override
    protected String rewriteUrlFromResponse(HttpServletRequest request, String url) {
        return TargetPath.redirectWithoutHost(request, url, getTargetUri(request))
                .orElseGet(() -> super.rewriteUrlFromResponse(request, url));
    }

    /** As the parent's, but with attributes that it drops, and without failing where a cookie is malformed. */
    @Override
    protected void copyProxyCookie(HttpServletRequest request, HttpServletResponse response, String field) {
        try {
            super.copyProxyCookie(request, ProxyCookies.keepingAttributes(response, field), field);
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, "a cookie of a member was dropped: {0}", e.getMessage());
        }
    }

    /** As the parent's, for values with {@code =} and empty ones too. */
    @Override
    protected String getRealCookie(String field) {
        return ProxyCookies.forMember(field, this::getCookieNamePrefix);
    }

    @Override
    protected String getCookieNamePrefix(String name) {
        return ProxyCookies.token(super.getCookieNamePrefix(name));
    }
}
