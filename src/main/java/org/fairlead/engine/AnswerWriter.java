package org.fairlead.engine;

import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Lease;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.Headers;
import org.fairlead.exchange.HopByHop;
import org.fairlead.exchange.RefusedException;
import org.fairlead.exchange.ResponseHead;
import org.fairlead.model.HostConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.Settings;
import org.fairlead.route.HeaderRules;
import org.fairlead.route.Host;
import org.fairlead.route.ResponseRewrite;
import java.util.List;
import java.util.function.Function;

/** Makes what the client gets out of what a member answered. */
final class AnswerWriter {
    private final Exchange exchange;
    private final Host host;
    private final Settings settings;
    private final Balancer balancer;
    private final Function<String, List<MemberConfig>> members;
    private final HeaderRules.Context context;

    /** @param members the members of a balancer by its name, for {@code ProxyPassReverse … balancer://…} */
    AnswerWriter(
            Host host,
            Settings settings,
            Balancer balancer,
            Function<String, List<MemberConfig>> members,
            HeaderRules.Context context) {
        this.exchange = context.exchange();
        this.host = host;
        this.settings = settings;
        this.balancer = balancer;
        this.members = members;
        this.context = context;
    }

    /** The fields of a final answer, without those that frame it: that is the container's business. */
    Headers toClient(ResponseHead head, Lease lease) throws UpstreamException {
        Headers headers = head.headers().copy();
        try {
            HopByHop.stripResponse(headers);
        } catch (RefusedException e) {
            throw new UpstreamException(Kind.BAD_ANSWER, e.getMessage(), false, true, e);
        }
        headers.remove("Content-Length");
        host.reverse(exchange.request().target()).rewrite(headers, seen());
        via(headers);
        HeaderRules.response(settings.responseHeaders(), headers, context);
        balancer.mintedCookie(lease, exchange.connection().secure())
                .ifPresent(cookie -> headers.add("Set-Cookie", cookie));
        return headers;
    }

    /** The fields of a 101. */
    Headers switching(ResponseHead head, Lease lease) throws UpstreamException {
        Headers headers = toClient(head, lease);
        head.headers().first("Upgrade").ifPresent(protocol -> headers.add("Upgrade", protocol));
        headers.add("Connection", "Upgrade");
        return headers;
    }

    private void via(Headers headers) {
        if (host.config().via() == HostConfig.Via.ON || host.config().via() == HostConfig.Via.FULL) {
            Pseudonym.of(host, exchange.connection()).appendTo(headers, "HTTP/1.1");
        }
    }

    private ResponseRewrite.Context seen() {
        ClientConnection client = exchange.connection();
        String asked = exchange.request().authority();
        String authority = asked.isEmpty() ? Pseudonym.of(host, client).name() : asked;
        return new ResponseRewrite.Context(client.scheme(), authority, exchange.mountPath(), members);
    }
}
