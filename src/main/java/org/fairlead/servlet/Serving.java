package org.fairlead.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.fairlead.exchange.Suspension;
import org.fairlead.runtime.Generation;

/**
 * One request on its way through the servlet, from pause to pause, and what is due at its end whatever has become of it. Used
 * by one thread at a time.
 */
final class Serving {
    private static final System.Logger LOG = System.getLogger(Serving.class.getName());

    private final ServletExchange exchange;
    private final HttpServletResponse response;
    private final ContainerTraits container;
    private final Generation generation;
    private final Optional<AccessLogEntry> telling;

    /** @param generation is pinned, and released at the end */
    Serving(
            ServletExchange exchange,
            HttpServletResponse response,
            ContainerTraits container,
            Generation generation,
            Optional<AccessLogEntry> telling) {
        this.exchange = exchange;
        this.response = response;
        this.container = container;
        this.generation = generation;
        this.telling = telling;
    }

    /** Work on the request; returns whether the request is over, or else pauses. */
    interface Part {
        boolean run() throws ServletException, IOException;
    }

    /**
     * Works on the request, and ends it unless it pauses.
     *
     * @return whether it is over
     * @throws IOException to make the container cut its answer
     */
    boolean run(Part part) throws ServletException, IOException {
        boolean over = true;
        try {
            over = part.run();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, exchange.id() + " the client is gone", e);
            telling.ifPresent(AccessLogEntry::clientGone);
            throw container.cut(e);
        } finally {
            if (over) {
                end();
            }
        }
        if (over && exchange.isAborted()) {
            // Else a container that still holds what has come makes a whole answer of it.
            response.flushBuffer();
            // All containers end the connection, not the message, when a committed answer's servlet throws.
            throw container.cut(new IOException("a member's answer broke off"));
        }
        return over;
    }

    private void end() {
        generation.release();
        exchange.publishVariables();
        exchange.settle();
        telling.ifPresent(AccessLogEntry::end);
    }

    /** The engine's pause, with the end of the request behind it. */
    Suspension around(Suspension inner) {
        return new Suspension() {
            @Override
            public boolean resume() throws IOException {
                try {
                    return run(inner::resume);
                } catch (ServletException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public void cancel() {
                inner.cancel();
                telling.ifPresent(AccessLogEntry::clientGone);
                end();
            }
        };
    }
}
