package org.fairlead.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Environment;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.exchange.Suspension;
import org.fairlead.exchange.TlsAgreement;
import org.fairlead.exchange.Tunnel;
import org.fairlead.http.Headers;
import org.fairlead.http.RequestHead;
import org.fairlead.http.ResponseHead;

/**
 * Servlet request on its way to {@code targetUri}: the member gets the head that the servlet makes; cookies and
 * redirects return through the servlet's hooks. All else is the request's own exchange.
 */
final class TargetExchange implements Exchange {
    private final Exchange client;
    private final RequestHead head;
    private final ResponseFields fields;

    /** Sink for the fields of a response that a hook of the servlet writes. */
    interface ResponseFields {
        /** A redirect as the client has to see it. */
        String location(String url);

        /** Writes a cookie of a member to the response. */
        void cookie(String field);
    }

    /** @param head what the member gets, but for what the proxy itself adds or takes away */
    TargetExchange(Exchange client, RequestHead head, ResponseFields fields) {
        this.client = client;
        this.head = head;
        this.fields = fields;
    }

    /** The fields of a response that the hooks of a servlet make. */
    static ResponseFields through(
            BalancerServlet servlet,
            HttpServletRequest request,
            HttpServletResponse response,
            UnaryOperator<String> spelling) {
        return new ResponseFields() {
            @Override
            public String location(String url) {
                String told = servlet.rewriteUrlFromResponse(request, spelling.apply(url));
                // A member's redirect that leads beyond the target stays as the member has written it.
                return told.startsWith("balancer://") ? url : told;
            }

            @Override
            public void cookie(String field) {
                servlet.copyProxyCookie(request, response, field);
            }
        };
    }

    @Override
    public OutputStream reply(ResponseHead answer, long length) throws IOException {
        return client.reply(translated(answer), length);
    }

    private ResponseHead translated(ResponseHead answer) {
        Headers others = new Headers();
        Headers all = answer.headers();
        for (int i = 0; i < all.size(); i++) {
            String name = all.name(i);
            if (name.equalsIgnoreCase("Set-Cookie") || name.equalsIgnoreCase("Set-Cookie2")) {
                fields.cookie(all.value(i));
            } else {
                others.add(name, name.equalsIgnoreCase("Location") ? fields.location(all.value(i)) : all.value(i));
            }
        }
        return new ResponseHead(answer.status(), others);
    }

    @Override
    public String id() {
        return client.id();
    }

    @Override
    public RequestHead request() {
        return head;
    }

    @Override
    public ClientConnection connection() {
        return client.connection();
    }

    @Override
    public Optional<String> clientConnectionId() {
        return client.clientConnectionId();
    }

    @Override
    public void onBehalfOf(String clientAddress) {
        client.onBehalfOf(clientAddress);
    }

    @Override
    public RequestBody body() {
        return client.body();
    }

    @Override
    public Environment environment() {
        return client.environment();
    }

    /** None: the servlet's hooks have mapped the redirects. */
    @Override
    public String mountPath() {
        return "";
    }

    @Override
    public Optional<String> tlsVariable(String name) {
        return client.tlsVariable(name);
    }

    @Override
    public Optional<TlsAgreement> tlsAgreement() {
        return client.tlsAgreement();
    }

    @Override
    public Optional<String> containerUser() {
        return client.containerUser();
    }

    @Override
    public void interim(ResponseHead interim) throws IOException {
        client.interim(interim);
    }

    @Override
    public void proceed() throws IOException {
        client.proceed();
    }

    @Override
    public void trailers(Headers trailers) throws IOException {
        client.trailers(trailers);
    }

    @Override
    public boolean isCommitted() {
        return client.isCommitted();
    }

    @Override
    public void abort() {
        client.abort();
    }

    @Override
    public Optional<Runnable> pause(Suspension pause) {
        return client.pause(pause);
    }

    @Override
    public boolean canSwitchProtocols() {
        return client.canSwitchProtocols();
    }

    @Override
    public void switchProtocols(ResponseHead answer, Tunnel tunnel) throws IOException {
        client.switchProtocols(translated(answer), tunnel);
    }
}
