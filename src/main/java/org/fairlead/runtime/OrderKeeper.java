package org.fairlead.runtime;

import java.util.Collection;
import java.util.List;
import org.fairlead.balancer.Balancer;
import org.fairlead.model.ProxyConfig;
import org.fairlead.operations.DrainSnapshot;

/** Keeps orders in the state file, where the configuration names one. Used under the runtime's lock. */
final class OrderKeeper {
    private final StateFile state = new StateFile();
    /** Set while orders are restored: none is written then, as a process killed meanwhile would lose the rest. */
    private boolean restoring;

    /** Writes the orders in force; see {@link KeptOrders#of}. */
    void keep(ProxyConfig configured, Overrides overrides, Collection<Balancer> live, List<DrainSnapshot> drains) {
        configured
                .operations()
                .stateFile()
                .filter(file -> !restoring)
                .ifPresent(file -> state.write(file, KeptOrders.of(configured, overrides, live, drains)));
    }

    /** Restores the orders of the file; once, at the start. */
    void restore(ProxyRuntime runtime, ProxyConfig configured) {
        restoring = true;
        configured
                .operations()
                .stateFile()
                .flatMap(state::read)
                .ifPresent(content -> new OrderRestore(
                                runtime, configured, runtime.operations().orders())
                        .run(content));
        restoring = false;
        runtime.keepOrders();
    }
}
