package org.fairlead.connector;

import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.Service;
import org.fairlead.config.ConfigException;
import org.fairlead.config.LoadedConfig;
import org.fairlead.config.Problem;
import org.fairlead.exchange.ReadinessNotifier;
import org.fairlead.model.ListenerConfig;
import org.fairlead.model.ServerConfig;
import org.fairlead.runtime.ListenerControl;

/**
 * Listeners of the process, and their change with a new configuration. A listener that is as before is not touched;
 * other certificates are shown from the next handshake on. Where anything else of a connector has changed, a new
 * connector takes over the listening socket, and the old one finishes its connections. Thread-safe.
 */
public final class Listeners implements ListenerControl {
    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    private static final Duration NO_TIMEOUT = Duration.ofDays(36_500);

    private final Service service;
    private final ConnectionCount count;
    private final DrainingListeners leaving = new DrainingListeners();
    private final MemberPoller members = new MemberPoller();
    private List<Listener> running = List.of();
    private Optional<ServerConfig> server = Optional.empty();
    private Optional<Connectors> connectors = Optional.empty();
    private volatile Optional<Runnable> reload = Optional.empty();
    private volatile Duration patience = Duration.ZERO;

    /** @param wornOut is run once, when {@code MaxConnectionsPerChild} connections were accepted */
    public Listeners(Service service, Runnable wornOut) {
        this.service = service;
        this.count = new ConnectionCount(0, wornOut);
    }

    /** Some listeners cannot be opened, so none is. */
    public static final class PortException extends Exception {
        private final transient List<Problem> problems;

        PortException(List<Problem> problems) {
            this.problems = List.copyOf(problems);
        }

        /** The listeners that failed and why, each where it is configured. */
        public List<Problem> problems() {
            return problems;
        }
    }

    /**
     * Step of a change: one listener of the new configuration.
     *
     * @param before the running one at its place
     * @param isNew whether it is a connector of its own, and not the one before
     * @param hosts TLS hosts to be shown instead of the present ones; empty = they stay
     */
    private record Step(Listener next, Optional<Listener> before, boolean isNew, Optional<TlsHosts> hosts) {
        void take() {
            hosts.ifPresent(next::exchangeHosts);
            if (isNew) {
                before.ifPresentOrElse(next::openInsteadOf, next::open);
            }
        }
    }

    /** Notifier of members' responses. */
    public ReadinessNotifier readiness() {
        return members;
    }

    /** Binds and opens all of a configuration's listeners. */
    public synchronized void start(LoadedConfig loaded) throws PortException {
        plan(loaded).complete();
        InheritedSockets.ofProcess()
                .tellUnused(running.stream().map(Listener::socket).toList());
    }

    @Override
    public synchronized Change prepare(LoadedConfig next) throws ConfigException {
        try {
            return plan(next);
        } catch (PortException e) {
            throw new ConfigException(e.problems());
        }
    }

    private Plan plan(LoadedConfig loaded) throws PortException {
        ServerConfig next = loaded.config().server();
        boolean sameSettings = server.filter(now -> Connectors.settings(now).equals(Connectors.settings(next)))
                .isPresent();
        Connectors made = connectors.filter(now -> sameSettings).orElseGet(() -> new Connectors(next, count::accepted));
        Plan plan = new Plan(next, made);
        List<Listener> left = new ArrayList<>(running);
        List<Problem> problems = new ArrayList<>();
        for (ListenerConfig listener : loaded.config().listeners()) {
            Optional<Listener> before = left.stream()
                    .filter(old -> old.config().isAtPlaceOf(listener))
                    .findFirst();
            before.ifPresent(left::remove);
            try {
                plan.steps.add(step(listener, before, sameSettings, made));
            } catch (Listener.PortException e) {
                problems.add(new Problem(Problem.Severity.ERROR, listener.source(), e.getMessage()));
            } catch (RuntimeException e) {
                plan.cancel();
                throw e;
            }
        }
        if (!problems.isEmpty()) {
            plan.cancel();
            throw new PortException(problems);
        }
        plan.removed.addAll(left);
        return plan;
    }

    private Step step(ListenerConfig listener, Optional<Listener> before, boolean sameSettings, Connectors made)
            throws Listener.PortException {
        if (before.isEmpty()) {
            Optional<ServerSocketChannel> socket = InheritedSockets.ofProcess().at(listener);
            return new Step(Listener.bind(listener, service, made, socket), Optional.empty(), true, Optional.empty());
        }
        Listener now = before.get();
        if (sameSettings && now.config().withoutSource().equals(listener.withoutSource())) {
            return new Step(now.as(listener), before, false, Optional.empty());
        }
        if (sameSettings && now.config().differsByCertificatesOnly(listener)) {
            return new Step(now.as(listener), before, false, Optional.of(now.prepareHosts(listener.certificates())));
        }
        return new Step(
                Listener.bind(listener, service, made, Optional.of(now.socket())), before, true, Optional.empty());
    }

    /** Prepared change: all that can fail is done. */
    private final class Plan implements Change {
        private final ServerConfig next;
        private final Connectors made;
        private final List<Step> steps = new ArrayList<>();
        private final List<Listener> removed = new ArrayList<>();

        Plan(ServerConfig next, Connectors made) {
            this.next = next;
            this.made = made;
        }

        @Override
        public void complete() {
            synchronized (Listeners.this) {
                tell();
                Duration keepAliveTimeout =
                        server.map(ServerConfig::keepAliveTimeout).orElse(Duration.ZERO);
                steps.forEach(Step::take);
                steps.stream()
                        .filter(Step::isNew)
                        .flatMap(step -> step.before().stream())
                        .forEach(replaced -> leaving.addReplaced(replaced, keepAliveTimeout));
                removed.forEach(leaving::add);
                running = steps.stream().map(Step::next).toList();
                server = Optional.of(next);
                if (connectors.filter(now -> now == made).isEmpty()) {
                    members.lookedAfterBy(made.threads());
                }
                connectors = Optional.of(made);
                count.limit(next.maxConnectionsPerChild());
                patience = patience(next);
            }
        }

        private void tell() {
            if (server.isEmpty()) {
                return;
            }
            for (Step step : steps) {
                String url = step.next().url();
                if (step.hosts().isPresent()) {
                    LOG.log(System.Logger.Level.INFO, "{0}: other certificates from the next handshake on", url);
                } else if (step.isNew() && step.before().isPresent()) {
                    LOG.log(
                            System.Logger.Level.INFO,
                            "{0}: other settings for new connections, the others end with their running request",
                            url);
                } else if (step.isNew()) {
                    LOG.log(System.Logger.Level.INFO, "{0}: now open", url);
                }
            }
            removed.forEach(listener -> LOG.log(System.Logger.Level.INFO, "{0}: closed", listener.url()));
            if (server.get().listenBacklog() != next.listenBacklog()
                    && steps.stream().anyMatch(step -> step.before().isPresent())) {
                LOG.log(System.Logger.Level.WARNING, "ListenBacklog of open listeners changes at the next start");
            }
        }

        @Override
        public void cancel() {
            steps.stream().filter(Step::isNew).map(Step::next).forEach(Listener::end);
        }
    }

    /** URLs of the listeners, in configuration order, with the ports really bound. */
    public synchronized List<String> urls() {
        return running.stream().map(Listener::url).toList();
    }

    @Override
    public synchronized List<OpenListener> listeners() {
        return running.stream().map(Listener::seen).toList();
    }

    @Override
    public synchronized int workerLimit() {
        return server.map(Connectors::workers).orElse(0);
    }

    @Override
    public void onRequest(Runnable asked) {
        reload = Optional.of(asked);
    }

    /** Reads the configuration again, soon and on another thread. */
    public void reload() {
        reload.ifPresentOrElse(
                Runnable::run,
                () -> LOG.log(System.Logger.Level.WARNING, "there is no configuration file that could be read again"));
    }

    /** Accepts no more connections; returns when the last one is gone, or after {@code GracefulShutdownTimeout}. */
    public void stop() {
        synchronized (this) {
            running.forEach(leaving::add);
            running = List.of();
        }
        leaving.await(patience);
    }

    /** Maximum wait of {@link #stop}. */
    public Duration patience() {
        return patience;
    }

    /** In httpd 0 means to wait for ever. */
    private static Duration patience(ServerConfig server) {
        return server.gracefulShutdownTimeout().isZero() ? NO_TIMEOUT : server.gracefulShutdownTimeout();
    }
}
