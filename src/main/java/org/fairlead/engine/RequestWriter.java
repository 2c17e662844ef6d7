package org.fairlead.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.fairlead.balancer.Member;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.Forwarded;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.http.HopByHop;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestHead;
import org.fairlead.http.ResponseHead;
import org.fairlead.model.Settings;
import org.fairlead.route.HeaderRules;
import org.fairlead.route.MemberPath;

/**
 * The writer of requests to members. It starts from the client's original request on every attempt, so that a second
 * attempt is identical to the first.
 */
final class RequestWriter {
    private final RequestContext context;
    private final Exchange exchange;
    private final String target;
    private final RequestBody body;

    /** @param target path and query to be appended to the member's own path */
    RequestWriter(RequestContext context, String target) {
        this.context = context;
        this.exchange = context.exchange();
        this.target = target;
        this.body = CleanTrailers.of(
                LimitedBody.of(exchange.body(), context.settings().bodyLimit()),
                context.claims(),
                context.settings().requestHeaders());
    }

    /** @throws RefusedException if the client's fields contradict themselves, or need what this container lacks */
    OutgoingRequest to(Member member) throws RefusedException {
        RequestHead request = exchange.request();
        Settings settings = context.settings();
        Optional<String> upgrade = upgrade(request.headers(), member.config().upgrade());
        Headers headers = request.headers().copy();
        // RFC 9110 10.1.1: from an HTTP/1.0 client it must be ignored.
        boolean expects = headers.remove("Expect")
                && body.isPresent()
                && !request.protocol().equals("HTTP/1.0");
        HopByHop.stripRequest(headers);
        headers.remove("Content-Length");
        if (context.isTraced()) {
            TraceContextPhase.attempt(headers, exchange.environment());
        }
        OtherSpellings.drop(headers, settings.requestHeaders());
        Headers claimed = context.claims().takeFrom(headers);
        boolean addsHeaders =
                settings.addsHeaders() && !member.config().address().protocol().carriesClient();
        if (addsHeaders) {
            Forwarded.continueChain(headers, exchange.connection(), request.authority());
        }
        HeaderRules.request(settings.requestHeaders(), headers, claimed, context.subject());
        if (!settings.requestHeaders().isEmpty()) {
            Headers seen = claimed.size() == 0 ? headers : headers.copy();
            claimed.forEach(seen::add);
            context.observer().requestFields(settings.requestHeaders(), seen);
        }
        if (addsHeaders) {
            Forwarded.add(
                    headers,
                    exchange.connection(),
                    request.authority(),
                    context.host().name(),
                    context.server().isSecure(exchange.connection()));
        }
        via(headers, request.protocol());
        authority(headers, member).ifPresent(host -> headers.set("Host", host));
        upgrade.ifPresent(protocol -> {
            headers.add("Connection", "Upgrade");
            headers.add("Upgrade", protocol);
        });
        context.sent(headers);
        return new OutgoingRequest(
                request.method(),
                MemberPath.join(member.config().path(), target),
                headers,
                body,
                expects,
                upgrade,
                this::interim,
                this::client,
                () -> RequestAttributes.of(exchange, context.server().name(exchange)));
    }

    /** A trusted proxy's connection carries requests of several clients, which must not share a login. */
    private Optional<String> client() {
        return exchange.clientConnectionId()
                .map(id -> id + " " + exchange.connection().clientAddress());
    }

    /** {@code Host} for the member; empty where it gets the client's, and the client sent none. */
    private Optional<String> authority(Headers headers, Member member) {
        boolean carried = member.config().address().protocol().carriesClient();
        Optional<String> kept =
                carried || context.settings().preservesHost() ? headers.first("Host") : Optional.empty();
        return carried ? kept : kept.or(() -> Optional.of(member.authority()));
    }

    private void via(Headers headers, String protocol) {
        switch (context.host().config().via()) {
            case REQUESTS, ON, FULL ->
                context.host().pseudonym(exchange.connection()).appendTo(headers, protocol);
            case BLOCK -> headers.remove("Via");
            case OFF -> {
                // As it came: the operator's word.
            }
        }
    }

    private void interim(ResponseHead head) throws IOException {
        if (head.status() == 100) {
            exchange.proceed();
            return;
        }
        try {
            Headers headers = head.headers().copy();
            HopByHop.stripResponse(headers);
            exchange.interim(new ResponseHead(head.status(), headers));
        } catch (RefusedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * The protocol to ask the member for; empty if the client asks for none or {@code upgrade=} does not name it. Never
     * h2c or TLS: a member that took it would take requests past our rules (upgrade smuggling, CVE-2025-49812).
     */
    private Optional<String> upgrade(Headers headers, List<String> allowed) throws RefusedException {
        // To an HTTP/1.0 client it must not matter what it says there, and HTTP/2 has no such field (RFC 9110 7.8).
        if (allowed.isEmpty() || !exchange.request().protocol().equals("HTTP/1.1")) {
            return Optional.empty();
        }
        Optional<String> asked = HopByHop.upgrade(headers)
                .filter(protocol -> allowed.contains("any") || allowed.contains(protocol))
                .filter(protocol -> !protocol.contains("h2c") && !protocol.contains("tls/"));
        if (asked.isPresent() && !exchange.canSwitchProtocols()) {
            throw new RefusedException(501, "this container or protocol cannot switch to " + asked.get());
        }
        return asked;
    }
}
