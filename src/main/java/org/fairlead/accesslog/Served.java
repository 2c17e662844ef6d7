package org.fairlead.accesslog;

import java.util.Optional;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.expression.Variables;

/**
 * What can be said of a request once it is over, but for its ending. Texts are as they came, one char for each byte; what
 * was never read is the empty string. Asked on the thread that writes the line.
 */
public interface Served {
    /** The exchange's id; empty for a request that never became one. */
    String id();

    ClientConnection connection();

    /** Tells connections apart; empty where the container does not. */
    String connectionId();

    /** {@code ServerName} of the host that served it, or what stands for it. */
    String serverName();

    /** The same, or what the client called it, as {@code UseCanonicalName} says. */
    String askedName();

    /** The port of {@code ServerName}, or the scheme's own. */
    int canonicalPort();

    /** Who the client was found to be. */
    Optional<String> user();

    String method();

    /** Path and query as they came. */
    String target();

    String protocol();

    /** The path, decoded and normalised. */
    String path();

    /** What stands behind the {@code ?}. */
    Optional<String> query();

    /** A field of the request, several lines joined by a comma as in httpd. */
    Optional<String> requestField(String name);

    /** A trailer field of the request, joined likewise. */
    Optional<String> requestTrailer(String name);

    /** A variable of the request; case does not count. */
    Optional<String> environment(String name);

    /** What {@code expr=} and {@code %{NAME}x} see. */
    Variables variables();

    /** What httpd calls the file of a proxied request: {@code proxy:} and where to. */
    Optional<String> file();

    /** Who made the answer; empty for the container's own content. */
    Optional<String> handler();

    Attempts attempts();

    /** When it came, in microseconds since 1970. */
    long startMicros();

    /** When it came, by {@link System#nanoTime}. */
    long startNanos();
}
