package org.fairlead.upstream;

import java.io.InputStream;
import java.util.Optional;
import org.fairlead.balancer.Member;
import org.fairlead.engine.OutgoingRequest;
import org.fairlead.engine.Upstream;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.exchange.GivenBody;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;

/** Requests for tests. */
final class Requests {
    static final OutgoingRequest.Interim DEAF = head -> {};

    private Requests() {}

    /** Sends it, and waits for the answer. */
    static UpstreamResponse ask(Upstream upstream, Member member, OutgoingRequest request) throws UpstreamException {
        return ask(upstream, member, request, false);
    }

    static UpstreamResponse ask(Upstream upstream, Member member, OutgoingRequest request, boolean freshConnection)
            throws UpstreamException {
        return upstream.send(member, request, freshConnection).answer();
    }

    static OutgoingRequest get(String target) {
        return of("GET", target, RequestBody.NONE);
    }

    /** A request with these fields of the client's connection that is called {@code client}; empty = not known. */
    static OutgoingRequest from(String client, String... fields) {
        return new OutgoingRequest(
                "GET",
                "/",
                Headers.of(fields),
                RequestBody.NONE,
                false,
                Optional.empty(),
                DEAF,
                () -> client.isEmpty() ? Optional.empty() : Optional.of(client));
    }

    static OutgoingRequest of(String method, String target, RequestBody body) {
        return new OutgoingRequest(
                method, target, Headers.of("Host", "localhost"), body, false, Optional.empty(), DEAF);
    }

    static OutgoingRequest expecting(RequestBody body, OutgoingRequest.Interim interim) {
        return new OutgoingRequest("POST", "/", Headers.of("Host", "localhost"), body, true, Optional.empty(), interim);
    }

    static OutgoingRequest upgrade(String protocol) {
        return new OutgoingRequest(
                "GET",
                "/",
                Headers.of("Host", "localhost", "Connection", "Upgrade", "Upgrade", protocol),
                RequestBody.NONE,
                false,
                Optional.of(protocol),
                DEAF);
    }

    static RequestBody body(String text) {
        return GivenBody.of(text, text.length());
    }

    static RequestBody chunked(String text) {
        return GivenBody.of(text, -1);
    }

    static RequestBody body(long length, InputStream stream) {
        return new GivenBody(length, stream, new Headers());
    }
}
