package org.fairlead.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import org.fairlead.accesslog.AccessLogs;
import org.fairlead.engine.ProxyEngine;

/**
 * Everything live that one configuration made. A request pins it for as long as it runs; what it does not share with its
 * successor is closed when it is retired and the last pin is gone. Thread-safe.
 */
public final class Generation {
    private static final int RETIRED = Integer.MIN_VALUE;

    private final ProxyEngine engine;
    private final AccessLogs accessLogs;
    private final AtomicInteger pins = new AtomicInteger();
    private volatile Runnable whenDrained = () -> {};

    Generation(ProxyEngine engine, AccessLogs accessLogs) {
        this.engine = engine;
        this.accessLogs = accessLogs;
    }

    public ProxyEngine engine() {
        return engine;
    }

    /** Where its requests are told of. */
    public AccessLogs accessLogs() {
        return accessLogs;
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

    /** Gives a pin back; the last one of a retired generation closes it. */
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
}
