package org.fairlead.runtime;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.fairlead.accesslog.AccessLogs;
import org.fairlead.balancer.Balancer;
import org.fairlead.engine.ExchangeObserver;
import org.fairlead.engine.LocalHandler;
import org.fairlead.engine.ProxyEngine;
import org.fairlead.exchange.Exchange;
import org.fairlead.model.ProxyConfig;
import org.fairlead.model.Settings.Handler;
import org.fairlead.operations.ActiveRequests;
import org.fairlead.operations.HostCounters;
import org.fairlead.operations.ListenerCounters;
import org.fairlead.operations.RequestRecorder;
import org.fairlead.operations.TrafficRegistry;
import org.fairlead.route.Host;

/**
 * The live objects of one configuration. A request pins its generation for as long as it runs. Objects not shared with
 * the successor are closed when the generation is retired and the last pin is released. Thread-safe.
 */
public final class Generation {
    private static final int RETIRED = Integer.MIN_VALUE;

    private final ProxyEngine engine;
    private final AccessLogs accessLogs;
    private final Parts parts;
    private final Map<Host, HostCounters> counters = new IdentityHashMap<>();
    private final AtomicInteger pins = new AtomicInteger();
    private volatile Runnable whenDrained = () -> {};

    /**
     * The visible parts of a generation.
     *
     * @param config the files' configuration with what was ordered since
     * @param traffic counts its requests; outlives it
     * @param recorder keeps remarkable ones; outlives it
     */
    record Parts(
            ProxyConfig config,
            List<Host> hosts,
            List<Balancer> balancers,
            TrafficRegistry traffic,
            RequestRecorder recorder) {}

    Generation(ProxyEngine engine, AccessLogs accessLogs, Parts parts) {
        this.engine = engine;
        this.accessLogs = accessLogs;
        this.parts = parts;
        parts.hosts().forEach(host -> counters.put(host, parts.traffic().of(host)));
    }

    public ProxyEngine engine() {
        return engine;
    }

    /** The logs of its requests. */
    public AccessLogs accessLogs() {
        return accessLogs;
    }

    /** The counters of requests of one of its hosts. */
    public HostCounters counters(Host host) {
        return counters.get(host);
    }

    /** The counters of requests on a local port. */
    public ListenerCounters listener(int port) {
        return parts.traffic().listener(port);
    }

    /**
     * Begins to observe a request for the recorder of requests.
     *
     * @param next the observer that is there without a recorder
     * @return the one to be told; {@code next} where none is recorded
     */
    public ExchangeObserver recorded(Exchange exchange, ExchangeObserver next) {
        return parts.recorder().begin(exchange, next);
    }

    /** The requests under way, those of other generations included. */
    public ActiveRequests active() {
        return parts.traffic().active();
    }

    Parts parts() {
        return parts;
    }

    /** Takes a pin; false if the generation is retired, so that the caller takes its successor. */
    boolean pin() {
        int before = pins.get();
        while (before >= 0) {
            if (pins.compareAndSet(before, before + 1)) {
                return true;
            }
            before = pins.get();
        }
        return false;
    }

    /** Releases a pin; the last one of a retired generation closes it. */
    public void release() {
        if (pins.decrementAndGet() == RETIRED) {
            whenDrained.run();
        }
    }

    /** No further pins; runs {@code drained} when the last one is gone, now if there are none. Called once. */
    void retire(Runnable drained) {
        whenDrained = drained;
        if (pins.addAndGet(RETIRED) == RETIRED) {
            whenDrained.run();
        }
    }

    /** Tells the handlers whether this generation's configuration names them. */
    void tell(Map<Handler, LocalHandler> handlers) {
        handlers.forEach((word, handler) -> handler.follow(parts.config().names(word)));
    }
}
