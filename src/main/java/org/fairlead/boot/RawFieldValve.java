package org.fairlead.boot;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Lets the servlet write response fields as they are, through a request attribute: {@code addHeader} would take
 * {@code Content-Type} apart and spell it anew, which is not a proxy's business.
 */
final class RawFieldValve extends ValveBase {
    private static final String ATTRIBUTE = "org.fairlead.rawFieldWriter";

    RawFieldValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        BiConsumer<String, String> writer = (name, value) ->
                response.getCoyoteResponse().getMimeHeaders().addValue(name).setString(value);
        request.setAttribute(ATTRIBUTE, writer);
        getNext().invoke(request, response);
    }
}
