package org.fairlead.boot;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
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
        FrontConnector connector = connector(request, response);
        if (request.isSecure()) {
            connector.tls().ifPresent(tls -> tls.publish(request));
        }
        request.setAttribute(Connector.ATTRIBUTE, connector);
        getNext().invoke(request, response);
    }

    private static FrontConnector connector(Request request, Response response) {
        if (request.getCoyoteRequest().getNote(NOTE) instanceof FrontConnector known) {
            return known;
        }
        FrontConnector made = new FrontConnector(request, response);
        request.getCoyoteRequest().setNote(NOTE, made);
        return made;
    }
}
