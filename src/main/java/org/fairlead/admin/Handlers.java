package org.fairlead.admin;

import java.util.EnumMap;
import java.util.Map;
import org.fairlead.engine.LocalHandler;
import org.fairlead.model.Settings.Handler;
import org.fairlead.operations.Operations;

/** The handlers that {@code SetHandler} can name. A new one is a class in this package and a line here. */
public final class Handlers {
    private Handlers() {}

    /** Makes them for one running Fairlead. */
    public static Map<Handler, LocalHandler> of(Operations operations) {
        AuditLog audit =
                new AuditLog(() -> operations.snapshot().config().operations().auditLog());
        Map<Handler, LocalHandler> handlers = new EnumMap<>(Handler.class);
        handlers.put(Handler.BALANCER_MANAGER, new LazyHandler(() -> new ManagerHandler(operations, audit)));
        handlers.put(Handler.CONSOLE, new ConsoleHandler(operations, audit));
        handlers.put(Handler.METRICS, new LazyHandler(() -> new MetricsHandler(operations)));
        handlers.put(Handler.SERVER_STATUS, new LazyHandler(() -> new StatusHandler(operations)));
        handlers.put(Handler.API, new LazyHandler(() -> new ApiHandler(operations, audit)));
        return handlers;
    }
}
