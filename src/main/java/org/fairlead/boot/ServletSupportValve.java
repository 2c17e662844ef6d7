package org.fairlead.boot;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.SSLSupport;

/**
 * Lets the servlet do through request attributes what a proxy needs and the API has not: write response fields as they
 * are ({@code addHeader} would take {@code Content-Type} apart and spell it anew), see whether bytes of a body are at
 * hand, limit a single read, leave the rest of a body unread, and answer
 * by itself when a body breaks.
 */
final class ServletSupportValve extends ValveBase {
    private static final String ATTRIBUTE = "org.fairlead.rawFieldWriter";

    ServletSupportValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        BiConsumer<String, String> writer = (name, value) ->
                response.getCoyoteResponse().getMimeHeaders().addValue(name).setString(value);
        request.setAttribute(ATTRIBUTE, writer);
        request.setAttribute("org.fairlead.fillBody", (IntSupplier) () -> fill(request.getCoyoteRequest()));
        request.setAttribute("org.fairlead.dropBody", (Runnable)
                () -> response.getCoyoteResponse().action(ActionCode.DISABLE_SWALLOW_INPUT, null));
        request.setAttribute("org.fairlead.forgetError", (Runnable) () -> {
            response.setSuspended(false);
            response.getCoyoteResponse().resetError();
        });
        if (request.getCoyoteRequest().getNote(FrontProcessor.NOTE) instanceof FrontProcessor processor) {
            request.setAttribute("org.fairlead.readTimeout", (LongConsumer) processor::readTimeout);
        }
        if (request.isSecure() && request.getAttribute(SSLSupport.SESSION_MGR) instanceof FrontTls tls) {
            tls.publish(request);
        }
        getNext().invoke(request, response);
    }

    private static int fill(org.apache.coyote.Request request) {
        request.action(ActionCode.AVAILABLE, Boolean.TRUE);
        return Math.max(0, request.getAvailable());
    }
}
