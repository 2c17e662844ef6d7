package org.fairlead.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.http.client.HttpClient;
import org.mitre.dsmiley.httpproxy.ProxyServlet;

/**
 * Where a container hands requests to Fairlead. It is a {@link ProxyServlet} by type, so that it drops into the place
 * of one, and shares none of its request path.
 */
public final class BalancerServlet extends ProxyServlet {
    /** Does nothing: targets come from the configuration, not from the parent's {@code targetUri} parameter. */
    @Override
    protected void initTarget() {}

    /** Returns null, which the parent's {@code destroy} tolerates: no HttpClient 4 is ever built. */
    @Override
    protected HttpClient createHttpClient() {
        return null;
    }

    /** Answers 503 to every request: without a configuration there is nowhere to send it. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
}
