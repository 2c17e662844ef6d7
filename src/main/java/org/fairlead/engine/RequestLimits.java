package org.fairlead.engine;

import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestHead;
import org.fairlead.model.ServerConfig;
import org.fairlead.model.Settings;

/**
 * Limits for every request, whatever its route. A container enforces most of them before, but containers differ, so
 * they are checked here once for all of them.
 */
final class RequestLimits {
    private RequestLimits() {}

    static void check(RequestHead request, ServerConfig server) throws RefusedException {
        int line = request.method().length()
                + request.target().raw().length()
                + request.protocol().length()
                + 2;
        if (line > server.limitRequestLine()) {
            throw new RefusedException(414, "the request line is longer than LimitRequestLine");
        }
        checkMethod(request, server);
        checkFields(request, server);
    }

    /** Checked when client and target are known, since both decide how large a body may be. */
    static void checkBody(RequestContext request) throws RefusedException {
        RequestBody body = request.exchange().body();
        Settings settings = request.settings();
        if (settings.bodyLimit() > 0 && body.length() > settings.bodyLimit()) {
            throw new RefusedException(413, "the body is larger than LimitRequestBody");
        }
    }

    private static void checkMethod(RequestHead request, ServerConfig server) throws RefusedException {
        if (request.method().equals("TRACE") && !server.traceEnabled()) {
            throw new RefusedException(405, "TraceEnable is off");
        }
        if (request.method().equals("CONNECT")) {
            throw new RefusedException(405, "CONNECT asks for a forward proxy, and this is none");
        }
    }

    private static void checkFields(RequestHead request, ServerConfig server) throws RefusedException {
        Headers headers = request.headers();
        int hosts = 0;
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).length() + 2 + headers.value(i).length() > server.limitRequestFieldSize()) {
                throw new RefusedException(431, "a field is longer than LimitRequestFieldSize");
            }
            if (headers.name(i).equalsIgnoreCase("Host")) {
                hosts++;
            } else if (headers.name(i).equalsIgnoreCase("Expect")
                    && !headers.value(i).equalsIgnoreCase("100-continue")) {
                throw new RefusedException(417, "Expect asks for what nobody knows");
            }
        }
        if (server.limitRequestFields() > 0 && headers.size() > server.limitRequestFields()) {
            throw new RefusedException(431, "more fields than LimitRequestFields");
        }
        if (hosts > 1 || (hosts == 0 && request.protocol().equals("HTTP/1.1"))) {
            throw new RefusedException(400, "not exactly one Host (RFC 9112 3.2)");
        }
    }
}
