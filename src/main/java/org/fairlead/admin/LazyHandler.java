package org.fairlead.admin;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.fairlead.engine.HandlerRequest;
import org.fairlead.engine.HandlerResponse;
import org.fairlead.engine.LocalHandler;
import org.fairlead.http.RefusedException;

/**
 * Handler that is made at its first request: most configurations name none, and a start should not load the classes of
 * all. Thread-safe.
 */
final class LazyHandler implements LocalHandler {
    private final Supplier<LocalHandler> maker;
    private Optional<LocalHandler> made = Optional.empty();

    LazyHandler(Supplier<LocalHandler> maker) {
        this.maker = maker;
    }

    @Override
    public HandlerResponse handle(HandlerRequest request) throws IOException, RefusedException {
        return handler().handle(request);
    }

    @Override
    public synchronized void close() {
        made.ifPresent(LocalHandler::close);
    }

    private synchronized LocalHandler handler() {
        LocalHandler handler = made.orElseGet(maker);
        made = Optional.of(handler);
        return handler;
    }
}
