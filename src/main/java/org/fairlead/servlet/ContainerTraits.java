package org.fairlead.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.fairlead.exchange.Headers;
import org.fairlead.exchange.ResponseHead;

/**
 * What the container around us can do beyond the Servlet API, found out once from {@code ServletContext.getServerInfo}.
 */
final class ContainerTraits {
    /**
     * Request attribute by which our own launcher lets us write a field as it is. Servlet containers take
     * {@code Content-Type} apart and put it together again in another spelling.
     */
    static final String RAW_FIELD_WRITER = "org.fairlead.rawFieldWriter";

    private final boolean tomcat;
    private final boolean jetty;

    private ContainerTraits(boolean tomcat, boolean jetty) {
        this.tomcat = tomcat;
        this.jetty = jetty;
    }

    static ContainerTraits of(String serverInfo) {
        return new ContainerTraits(serverInfo.startsWith("Apache Tomcat/"), serverInfo.startsWith("jetty/"));
    }

    /** Whether {@code HttpServletRequest.upgrade} works: not in Jetty, which answers "not implemented". */
    boolean canUpgrade() {
        return !jetty;
    }

    /** Sends 103 (RFC 8297) where the container can; other interim answers are dropped. */
    void sendInterim(HttpServletResponse response, ResponseHead interim) throws IOException {
        if (!tomcat || interim.status() != 103 || response.isCommitted()) {
            return;
        }
        interim.headers().forEach(response::addHeader);
        // Tomcat's way until the API has one: for 103 this is not an error but an interim answer with these fields.
        response.sendError(103);
        response.reset();
    }

    /** Adds the fields of an answer; its length is told to the container apart from them. */
    @SuppressWarnings("unchecked")
    void writeFields(HttpServletRequest request, HttpServletResponse response, Headers headers) {
        Object raw = request.getAttribute(RAW_FIELD_WRITER);
        BiConsumer<String, String> writer =
                raw instanceof BiConsumer ? (BiConsumer<String, String>) raw : response::addHeader;
        for (int i = 0; i < headers.size(); i++) {
            writer.accept(headers.name(i), headers.value(i));
        }
    }
}
