package org.fairlead.engine;

import java.util.List;
import java.util.function.Function;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Lease;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.exchange.Exchange;
import org.fairlead.expression.ServerIdentity;
import org.fairlead.filter.BodyFilters;
import org.fairlead.filter.FilteredRequest;
import org.fairlead.filter.FilteredResponse;
import org.fairlead.http.Headers;
import org.fairlead.http.HopByHop;
import org.fairlead.http.RefusedException;
import org.fairlead.http.ResponseHead;
import org.fairlead.model.HostConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.ResponseDefaults;
import org.fairlead.route.HeaderRules;
import org.fairlead.route.ResponseDefaultFields;
import org.fairlead.route.ResponseRewrite;

/** The writer of response headers: makes the client's fields from those of a member's response. */
final class ResponseHeaders {
    private final RequestContext context;
    private final Exchange exchange;
    private final Balancer balancer;
    private final Function<String, List<MemberConfig>> members;

    /** @param members the members of a balancer by its name, for {@code ProxyPassReverse … balancer://…} */
    ResponseHeaders(RequestContext context, Balancer balancer, Function<String, List<MemberConfig>> members) {
        this.context = context;
        this.exchange = context.exchange();
        this.balancer = balancer;
        this.members = members;
    }

    /** The fields of a final response, without those that frame it: framing is the container's part. */
    Headers toClient(ResponseHead head, Lease lease) throws UpstreamException {
        return toClient(head, -1, lease, BodyFilters.NONE).head().headers();
    }

    /**
     * The response behind the body filters, which see the fields before {@code Header} rules do, as in httpd.
     *
     * @param length bytes of the body; −1 = unknown
     */
    FilteredResponse toClient(ResponseHead head, long length, Lease lease, BodyFilters filters)
            throws UpstreamException {
        Headers headers = head.headers().copy();
        try {
            HopByHop.stripResponse(headers);
        } catch (RefusedException e) {
            throw new UpstreamException(Kind.BAD_ANSWER, e.getMessage(), false, true, e);
        }
        headers.remove("Content-Length");
        context.host().reverse(context.target()).rewrite(headers, seen());
        mount(headers);
        via(headers);
        ResponseDefaults defaults = context.settings().responseDefaults();
        ResponseDefaultFields.lifetime(
                defaults.expires(), head.status(), headers, context.subject().start());
        FilteredResponse response = FilteredResponse.whole(new ResponseHead(head.status(), headers), length);
        if (!filters.isEmpty()) {
            String method = exchange.request().method();
            response = filters.apply(response, new FilteredRequest(method, context.sent(), exchange.environment()));
        }
        HeaderRules.response(context.settings().responseHeaders(), response.head(), head.headers(), context.subject());
        defaults.charset().ifPresent(charset -> ResponseDefaultFields.charset(charset, headers));
        balancer.mintedCookie(lease, context.server().isSecure(exchange.connection()))
                .ifPresent(cookie -> headers.add("Set-Cookie", cookie));
        return response;
    }

    /** The fields of a 101. */
    Headers switching(ResponseHead head, Lease lease) throws UpstreamException {
        Headers headers = toClient(head, lease);
        head.headers().first("Upgrade").ifPresent(protocol -> headers.add("Upgrade", protocol));
        headers.add("Connection", "Upgrade");
        return headers;
    }

    /**
     * A redirect without a host names a path of the member's; the client knows it below the container's own paths. A
     * redirect that lies there already is kept: the member knows these paths too.
     */
    private void mount(Headers headers) {
        String mount = exchange.mountPath();
        int at = mount.isEmpty() ? -1 : headers.indexOf("Location", 0);
        if (at < 0) {
            return;
        }
        String url = headers.value(at);
        boolean below = url.startsWith(mount)
                && (url.length() == mount.length() || "/?#".indexOf(url.charAt(mount.length())) >= 0);
        if (url.startsWith("/") && !url.startsWith("//") && !below) {
            headers.setValue(at, mount + url);
        }
    }

    private void via(Headers headers) {
        HostConfig.Via via = context.host().config().via();
        if (via == HostConfig.Via.ON || via == HostConfig.Via.FULL) {
            context.host().pseudonym(exchange.connection()).appendTo(headers, "HTTP/1.1");
        }
    }

    private ResponseRewrite.Context seen() {
        ServerIdentity server = context.server();
        String asked = exchange.request().authority();
        boolean clients = !server.rules().isCanonical() && !asked.isEmpty();
        String authority = clients ? asked : server.authority(exchange);
        return new ResponseRewrite.Context(
                server.scheme(exchange.connection()), authority, exchange.mountPath(), members);
    }
}
