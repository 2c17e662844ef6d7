package org.fairlead.engine;

import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Lease;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.Headers;
import org.fairlead.exchange.HopByHop;
import org.fairlead.exchange.ResponseHead;
import org.fairlead.model.Settings;
import org.fairlead.route.HeaderRules;
import org.fairlead.route.ResponseRewrite;

/** Makes what the client gets out of what a member answered. */
final class AnswerWriter {
    private final Exchange exchange;
    private final Balancer balancer;
    private final Settings settings;
    private final ResponseRewrite reverse;
    private final ResponseRewrite.Context seen;
    private final HeaderRules.Moment moment;

    AnswerWriter(
            Exchange exchange,
            Balancer balancer,
            Settings settings,
            ResponseRewrite reverse,
            ResponseRewrite.Context seen,
            HeaderRules.Moment moment) {
        this.exchange = exchange;
        this.balancer = balancer;
        this.settings = settings;
        this.reverse = reverse;
        this.seen = seen;
        this.moment = moment;
    }

    /** The fields of a final answer, without those that frame it: that is the container's. */
    Headers toClient(ResponseHead head, Lease lease) throws UpstreamException {
        Headers headers = head.headers().copy();
        HopByHop.stripResponse(headers);
        headers.remove("Content-Length");
        reverse.rewrite(headers, seen);
        HeaderRules.response(settings.responseHeaders(), headers, exchange, moment);
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
}
