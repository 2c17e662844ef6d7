package org.fairlead.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.apache.http.HttpHost;
import org.apache.http.client.HttpClient;
import org.fairlead.engine.ProxyEngine;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestHead;
import org.fairlead.runtime.Generation;
import org.mitre.dsmiley.httpproxy.ProxyServlet;

/**
 * Service of a servlet that has a {@code targetUri}. There are two ways: through our own exchange, where no hook sees a
 * message of HttpClient 4, and through the parent's {@code service}, whose client is our engine. Thread-safe.
 */
final class TargetService {
    private static final System.Logger LOG = System.getLogger(TargetService.class.getName());

    private final BalancerServlet servlet;
    private final Optional<EngineHttpClient> client;
    private final boolean byParent;
    private final boolean suspends;
    private final ExchangeSurroundings around;

    /**
     * @param client the parent's client, unless a subclass has made another
     * @param byParent whether the parent's {@code service} has to run
     * @param suspends whether a request may wait without a thread: its resumption enters {@code service} once more,
     *     which a subclass that overrides that does not expect
     */
    TargetService(
            BalancerServlet servlet,
            Optional<EngineHttpClient> client,
            boolean byParent,
            boolean suspends,
            ExchangeSurroundings around) {
        this.servlet = servlet;
        this.client = client;
        this.byParent = byParent;
        this.suspends = suspends;
        this.around = around;
    }

    /**
     * @param made what {@code createHttpClient} has returned
     * @param hooks those that the servlet's class overrides
     */
    static TargetService of(
            BalancerServlet servlet, HttpClient made, OverriddenHooks hooks, ExchangeSurroundings around) {
        hooks.withoutEffect()
                .forEach(name -> LOG.log(
                        System.Logger.Level.WARNING,
                        "servlet ''{0}'' overrides {1}, which has no effect: no HttpClient 4 is built; its timeouts are"
                                + " init-params, all else is the configuration of a balancer:// target",
                        servlet.getServletName(),
                        name));
        Optional<EngineHttpClient> engine = made instanceof EngineHttpClient own ? Optional.of(own) : Optional.empty();
        boolean byParent =
                hooks.needParent() || engine.map(EngineHttpClient::needsParent).orElse(true);
        boolean suspends = !hooks.contains("service") && !(servlet instanceof UriTemplateBalancerServlet);
        return new TargetService(servlet, engine, byParent, suspends, around);
    }

    /** @throws ServletException if it is none of the three kinds */
    static void checkTarget(String servlet, String urlOrNull) throws ServletException {
        String url = urlOrNull == null ? "" : urlOrNull;
        try {
            Origin.of(url);
        } catch (IOException e) {
            throw new ServletException(
                    InheritedParameters.mistake(servlet, ProxyServlet.P_TARGET_URI, url, Origin.EXPECTED), e);
        }
    }

    /**
     * Starts what need not wait for a request: a balancer and its health checks.
     *
     * @throws ServletException if there can be none
     */
    void start(String targetOrNull) throws ServletException {
        try {
            if (client.isPresent()
                    && targetOrNull != null
                    && Origin.of(targetOrNull).isBalancer()) {
                client.get().proxies().of(Origin.of(targetOrNull));
            }
        } catch (IOException e) {
            throw new ServletException("servlet '" + servlet.getServletName() + "': " + e.getMessage(), e);
        }
    }

    /** The parent's own way to serve. */
    interface Parent {
        void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;
    }

    /**
     * @param parent serves where our own exchange cannot
     * @throws IOException if the client is gone, or a hook says so
     */
    void service(HttpServletRequest request, HttpServletResponse response, Parent parent)
            throws ServletException, IOException {
        try {
            if (byParent || client.isEmpty()) {
                byParent(request, response, parent);
            } else {
                byExchange(request, response, client.get());
            }
        } catch (RefusedTargetException e) {
            System.Logger.Level level = e.status() < 500 ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
            LOG.log(level, "refused with {0}: {1}", e.status(), e.getMessage());
            response.sendError(e.status());
        }
    }

    private void byParent(HttpServletRequest request, HttpServletResponse response, Parent parent)
            throws ServletException, IOException {
        client.ifPresent(engine -> engine.serve(request));
        try {
            parent.service(request, response);
        } catch (IOException e) {
            Optional<Integer> status = EngineHttpClient.statusOf(e);
            if (response.isCommitted()) {
                throw around.container().cut(e);
            } else if (status.isEmpty()) {
                throw e;
            }
            LOG.log(System.Logger.Level.DEBUG, "a request to a target has failed", e);
            response.sendError(status.get());
        } finally {
            client.ifPresent(EngineHttpClient::served);
        }
    }

    private void byExchange(HttpServletRequest request, HttpServletResponse response, EngineHttpClient engine)
            throws ServletException, IOException {
        HttpHost host = servlet.prepare(request);
        String url = servlet.rewriteUrlFromRequest(request);
        Origin origin = Origin.of(host == null ? url : host.toURI());
        OriginProxy proxy = engine.proxies().of(origin);
        ServletExchange exchange;
        RequestHead head;
        try {
            exchange = new ServletExchange(request, response, around);
            head = TargetRequest.head(
                    exchange.request(), request, url, origin, servlet.options(), servlet::getRealCookie);
        } catch (RefusedException e) {
            throw new RefusedTargetException(e);
        }
        if (servlet.options().log()) {
            servlet.log("proxy " + request.getMethod() + " uri: " + request.getRequestURI() + " -- " + url);
        }
        TargetExchange target =
                new TargetExchange(exchange, head, TargetExchange.through(servlet, request, response, proxy::asTarget));
        Generation generation = proxy.runtime().pin();
        Optional<AccessLogEntry> telling = proxy.log().begin(generation, exchange, request, response);
        Serving serving = new Serving(exchange, response, around, generation, telling);
        if (suspends) {
            exchange.pausesWith(serving);
        }
        serving.run(() -> generation.engine().handle(target, serving) != ProxyEngine.Outcome.PAUSED);
    }
}
