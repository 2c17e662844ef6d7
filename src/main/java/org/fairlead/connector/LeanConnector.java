package org.fairlead.connector;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.coyote.ProtocolHandler;
import org.fairlead.exchange.ConnectorResponses;
import org.fairlead.exchange.ContainerExtensions;

/**
 * Tomcat's connector with requests and responses that hold no text buffer, and no body buffer before there is a body.
 * Tomcat's own take 40 KB each, which stay unused here: bodies are bytes and are passed on at once.
 */
final class LeanConnector extends Connector {
    LeanConnector(ProtocolHandler protocol) {
        super(protocol);
    }

    /** Configured responses to refused requests; empty until the web application has started. */
    Optional<ConnectorResponses> refusals() {
        for (Container host : getService().getContainer().findChildren()) {
            if (host.findChild("") instanceof Context context
                    && context.getServletContext().getAttribute(ConnectorResponses.ATTRIBUTE)
                            instanceof ConnectorResponses responses) {
                return Optional.of(responses);
            }
        }
        return Optional.empty();
    }

    /**
     * Bytes of a request's body that Tomcat has read and no reader has taken: a part of the array that its head came
     * in.
     */
    static ByteBuffer body(Request request) {
        return ((LeanRequest) request).body();
    }

    @Override
    public Request createRequest(org.apache.coyote.Request request) {
        return new LeanRequest(this, request);
    }

    @Override
    public Response createResponse(org.apache.coyote.Response response) {
        return new LeanResponse(response);
    }

    private static final class LeanRequest extends Request {
        private static final RequestTextBuffer TEXT = new RequestTextBuffer("cb");

        LeanRequest(Connector connector, org.apache.coyote.Request request) {
            super(connector, request);
            TEXT.shrink(inputBuffer);
        }

        ByteBuffer body() {
            return inputBuffer.getByteBuffer();
        }

        /** Adds the connector's extensions to the Servlet API, for every request. */
        @Override
        public Object getAttribute(String name) {
            return name.equals(ContainerExtensions.ATTRIBUTE) ? TomcatExtensions.of(this) : super.getAttribute(name);
        }

        /** Also true while the request is suspended, so that Tomcat does not end it meanwhile. */
        @Override
        public boolean isAsync() {
            return getCoyoteRequest().getNote(FairleadHttp11Processor.NOTE) instanceof FairleadHttp11Processor processor
                            && processor.isPaused()
                    || super.isAsync();
        }
    }

    private static final class LeanResponse extends Response {
        /** Absent in HTTP/2. */
        private final Optional<FairleadHttp11Processor> processor;

        /**
         * Buffer size of a response that has no body yet. Tomcat drops one of more than sixteen times that with its
         * request.
         */
        private static final int INITIAL_BYTES = 256;

        private static final int MAX_KEPT_BYTES = 16 * INITIAL_BYTES;

        /** Tomcat's own buffer size: a shorter body of unknown length that is complete at once gets a length. */
        private static final int TOMCAT_BUFFER_BYTES = 8192;

        LeanResponse(org.apache.coyote.Response response) {
            super(response, INITIAL_BYTES);
            this.processor =
                    response.getRequest().getNote(FairleadHttp11Processor.NOTE) instanceof FairleadHttp11Processor known
                            ? Optional.of(known)
                            : Optional.empty();
        }

        @Override
        public void reset() {
            super.reset();
            clearHead();
        }

        @Override
        public void recycle() {
            super.recycle();
            clearHead();
        }

        private void clearHead() {
            if (processor.isPresent()) {
                processor.get().heads().clear();
            }
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            long length = getCoyoteResponse().getContentLengthLong();
            if ((length < 0 || length > INITIAL_BYTES) && outputBuffer.isNew() && !isCommitted()) {
                setBufferSize(length < 0 || length > MAX_KEPT_BYTES ? TOMCAT_BUFFER_BYTES : (int) length);
            }
            return super.getOutputStream();
        }
    }
}
