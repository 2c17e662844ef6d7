package org.fairlead.accesslog;

import java.util.Optional;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.expression.Variables;

/**
 * The request side of an access-log line. Texts are as received, one char for each byte; a part that was never read is
 * the empty string. Called on the thread that writes the line.
 */
public interface Served {
    /** The exchange's id; empty for a request that never became one. */
    String id();

    ClientConnection connection();

    /** The id of the connection; empty where the container has none. */
    String connectionId();

    /** {@code ServerName} of the host that served it, or its substitute. */
    String serverName();

    /** The same, or the name that the client used, as {@code UseCanonicalName} selects. */
    String askedName();

    /** The port of {@code ServerName}, or the scheme's own. */
    int canonicalPort();

    /** The authenticated user. */
    Optional<String> user();

    String method();

    /** Path and query as received. */
    String target();

    String protocol();

    /** The path, decoded and normalised. */
    String path();

    /** The query, without the {@code ?}. */
    Optional<String> query();

    /** A field of the request, several lines joined by a comma as in httpd. */
    Optional<String> requestField(String name);

    /** A trailer field of the request, joined likewise. */
    Optional<String> requestTrailer(String name);

    /** A variable of the request; case does not count. */
    Optional<String> environment(String name);

    /** The variables for {@code expr=} and {@code %{NAME}x}. */
    Variables variables();

    /** The file name that httpd gives a proxied request: {@code proxy:} and the target URL. */
    Optional<String> file();

    /** The handler that made the response; empty for the container's own content. */
    Optional<String> handler();

    Attempts attempts();

    /** The side that ended the request and the phase, in two letters: {@link Termination}. */
    String termination(Completion ending);

    /** The time of arrival, in microseconds since 1970. */
    long startMicros();

    /** The time of arrival, by {@link System#nanoTime}. */
    long startNanos();
}
