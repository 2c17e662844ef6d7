package org.fairlead.boot;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.net.SSLSupport;
import org.fairlead.exchange.Connector;

/** Lets the servlet do through a request attribute what a proxy needs and the API has not. */
final class ServletSupportValve extends ValveBase {
    /** Where a request of Tomcat's keeps its connector for the requests after it. */
    private static final int NOTE = FrontProcessor.NOTE + 1;

    ServletSupportValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (!(request.getCoyoteRequest().getNote(NOTE) instanceof FrontConnector)) {
            request.getCoyoteRequest().setNote(NOTE, new FrontConnector(request, response));
        }
        if (request.isSecure() && request.getAttribute(SSLSupport.SESSION_MGR) instanceof FrontTls tls) {
            tls.publish(request);
        }
        request.setAttribute(Connector.ATTRIBUTE, request.getCoyoteRequest().getNote(NOTE));
        getNext().invoke(request, response);
    }
}
