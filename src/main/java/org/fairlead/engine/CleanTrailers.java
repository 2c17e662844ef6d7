package org.fairlead.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.fairlead.exchange.ClaimedFields;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.model.HeaderRule;

/**
 * A request body that filters trailer fields: it drops those that the head must not have either, which are claims about
 * the client and the subjects of rules. A member may merge trailers into the head (RFC 9110 6.5.1).
 */
record CleanTrailers(RequestBody body, ClaimedFields claims, List<HeaderRule> rules) implements RequestBody {
    /** Wraps only a body that can have trailers. */
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
