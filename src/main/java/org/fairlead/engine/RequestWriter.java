package org.fairlead.engine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fairlead.balancer.Member;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.Forwarded;
import org.fairlead.exchange.Headers;
import org.fairlead.exchange.HopByHop;
import org.fairlead.exchange.RefusedException;
import org.fairlead.exchange.RequestBody;
import org.fairlead.exchange.RequestHead;
import org.fairlead.exchange.ResponseHead;
import org.fairlead.model.Settings;
import org.fairlead.route.HeaderRules;
import org.fairlead.route.Host;
import org.fairlead.route.Match;
import org.fairlead.route.MemberPath;

/**
 * Makes what a member gets out of what the client sent: from the original on every attempt, so that a second attempt is
 * identical to a first.
 */
final class RequestWriter {
    private final Exchange exchange;
    private final Host host;
    private final Settings settings;
    private final Match.Forward forward;
    private final RequestBody body;

    RequestWriter(Exchange exchange, Host host, Settings settings, Match.Forward forward) {
        this.exchange = exchange;
        this.host = host;
        this.settings = settings;
        this.forward = forward;
        this.body = LimitedBody.of(exchange.body(), settings.bodyLimit());
    }

    /** @throws RefusedException if the client's fields contradict themselves, or ask for what this container cannot */
    OutgoingRequest to(Member member) throws RefusedException {
        RequestHead request = exchange.request();
        Optional<String> upgrade = upgrade(request, member);
        Headers headers = request.headers().copy();
        boolean expects = headers.contains("Expect") && body.isPresent();
        HopByHop.stripRequest(headers);
        headers.remove("Content-Length");
        headers.remove("Expect");
        Forwarded.replaceClaims(headers, exchange);
        HeaderRules.request(settings.requestHeaders(), headers, exchange);
        if (settings.addsHeaders()) {
            Forwarded.add(headers, exchange, host.name());
        }
        headers.set("Host", authority(request, member));
        upgrade.ifPresent(protocol -> {
            headers.add("Connection", "Upgrade");
            headers.add("Upgrade", protocol);
        });
        return new OutgoingRequest(
                request.method(),
                MemberPath.join(member.config().path(), forward.target()),
                headers,
                body,
                expects,
                upgrade,
                this::interim);
    }

    private String authority(RequestHead request, Member member) {
        if (settings.preservesHost() && !request.authority().isEmpty()) {
            return request.authority();
        }
        return member.config().address().authority();
    }

    private void interim(ResponseHead head) throws java.io.IOException {
        if (head.status() == 100) {
            exchange.proceed();
        } else {
            HopByHop.stripResponse(head.headers());
            exchange.interim(head);
        }
    }

    /**
     * The protocol to ask the member for; empty if the client asks for none or the member's {@code upgrade=} does not
     * name it. Never h2c: a member that took it would speak past our rules (upgrade smuggling).
     */
    private Optional<String> upgrade(RequestHead request, Member member) throws RefusedException {
        List<String> allowed = member.config().upgrade();
        if (allowed.isEmpty() || !HopByHop.names(request.headers(), "Upgrade")) {
            return Optional.empty();
        }
        Optional<String> asked = request.headers().first("Upgrade").map(String::strip);
        String word = asked.map(protocol -> protocol.toLowerCase(Locale.ROOT)).orElse("");
        boolean fits = !word.isEmpty() && !word.startsWith("h2c") && (allowed.contains("any") || allowed.contains(word));
        if (!fits) {
            return Optional.empty();
        }
        if (!exchange.canSwitchProtocols()) {
            throw new RefusedException(501, "this container or protocol cannot switch to " + word);
        }
        return asked;
    }
}
