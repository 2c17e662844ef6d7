package org.fairlead.rewrite;

import java.util.List;
import org.fairlead.exchange.LocalResponse;

/**
 * The result of a host's rewrite rules for a request.
 *
 * @param cookies values of {@code Set-Cookie} that the response carries, whether a member's or our own
 */
public record Rewritten(Outcome outcome, List<String> cookies) {
    /** The next step for the request. */
    public sealed interface Outcome {
        /** No rule changed anything. */
        record Unchanged() implements Outcome {}

        /**
         * {@code PT}: as if the client had asked for this target.
         *
         * @param target path and query, to be read with {@link org.fairlead.http.RequestTarget#parse}
         */
        record Moved(String target) implements Outcome {}

        /** A local file, in httpd; there is none here, and no {@code ProxyPass} is applied. */
        record Local() implements Outcome {}

        /** A redirect, or a status of its own. */
        record Answered(LocalResponse answer) implements Outcome {}

        /**
         * {@code P}: to a balancer or a standalone member.
         *
         * @param target path and query to be appended to the member's own path, to be read with
         *     {@link org.fairlead.http.RequestTarget#parse}; an empty path is written as a slash
         */
        record Proxied(String balancer, String target) implements Outcome {}
    }

    public Rewritten {
        cookies = List.copyOf(cookies);
    }
}
