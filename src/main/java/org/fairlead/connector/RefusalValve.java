package org.fairlead.connector;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.http.MimeHeaders;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.ConnectorResponses;
import org.fairlead.exchange.ConnectorResponses.Refusal;

/**
 * Valve that sends the configured response where Tomcat itself refuses a request (an unreadable head, an unsupported
 * version). It replaces Tomcat's own page, by which scanners know it. Thread-safe.
 */
public final class RefusalValve extends ErrorReportValve {
    private static final System.Logger LOG = System.getLogger(RefusalValve.class.getName());

    private final ServletContext context;

    /** @param context in which the servlet leaves its {@link ConnectorResponses} */
    public RefusalValve(ServletContext context) {
        this.context = context;
        setShowReport(false);
        setShowServerInfo(false);
    }

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        int status = status(request, response);
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            if (context.getAttribute(ConnectorResponses.ATTRIBUTE) instanceof ConnectorResponses responses) {
                send(responses.refusal(status, client(request), authority(request)), request, response);
            } else {
                response.setContentLength(0);
            }
            response.finishResponse();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a refusal could not be sent", e);
        }
    }

    private static int status(Request request, Response response) {
        return request.getCoyoteRequest().getNote(FairleadHttp11Processor.NOTE)
                                instanceof FairleadHttp11Processor processor
                        && processor.tooLong() != 0
                ? processor.tooLong()
                : response.getStatus();
    }

    private static void send(Refusal refusal, Request request, Response response) throws IOException {
        response.setStatus(refusal.head().status());
        MimeHeaders lines = response.getCoyoteResponse().getMimeHeaders();
        refusal.head().headers().forEach((name, value) -> lines.addValue(name).setString(value));
        response.setContentLength(refusal.body().length);
        if (!"HEAD".equals(request.getMethod())) {
            response.getOutputStream().write(refusal.body());
        }
    }

    private static ClientConnection client(Request request) {
        return new ClientConnection(
                request.getRemoteAddr(),
                request.getRemotePort(),
                request.getLocalAddr(),
                request.getLocalPort(),
                request.isSecure());
    }

    /** Authority of the request; empty where it names no host, or more than one. */
    private static String authority(Request request) {
        List<String> hosts = Collections.list(request.getHeaders("Host"));
        return hosts.size() == 1 ? hosts.get(0) : "";
    }
}
