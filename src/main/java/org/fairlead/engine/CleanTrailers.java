package org.fairlead.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.fairlead.exchange.ClaimedFields;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.model.HeaderRule;

/**
 * A request's body whose trailer fields say nothing that its head must not say: what a client claims of itself, and what
 * rules are about, since a member may merge trailers into the head (RFC 9110 6.5.1).
 */
record CleanTrailers(RequestBody body, ClaimedFields claims, List<HeaderRule> rules) implements RequestBody {
    /** Wraps only what can have trailers. */
    static RequestBody of(RequestBody body, ClaimedFields claims, List<HeaderRule> rules) {
        return body.length() < 0 ? new CleanTrailers(body, claims, rules) : body;
    }

    @Override
    public long length() {
        return body.length();
    }

    @Override
    public InputStream stream() throws IOException {
        return body.stream();
    }

    @Override
    public boolean isReady(Runnable wake) throws IOException {
        return body.isReady(wake);
    }

    @Override
    public void await(Wait wait) throws IOException {
        body.await(wait);
    }

    @Override
    public Headers trailers() {
        Headers trailers = body.trailers().copy();
        claims.takeFrom(trailers);
        for (int i = trailers.size() - 1; i >= 0; i--) {
            String name = trailers.name(i);
            boolean ruled = rules.stream().anyMatch(rule -> rule.name().equalsIgnoreCase(name));
            if (ruled || OtherSpellings.isOne(name, rules)) {
                trailers.removeAt(i);
            }
        }
        return trailers;
    }
}
