package org.fairlead.connector;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.CharBuffer;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.InputBuffer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.coyote.ProtocolHandler;

/**
 * Tomcat's connector, whose requests and responses hold no buffers for text, and none for a body before there is one. By
 * itself Tomcat gives them 40 KB, which nobody uses here, since bodies are bytes and go by at once.
 */
final class LeanConnector extends Connector {
    LeanConnector(ProtocolHandler protocol) {
        super(protocol);
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
        /** Enough for whoever reads text to get it, piece by piece. */
        private static final int CHARS = 128;

        /** There is no other way: the size is a constant of Tomcat's. */
        private static final VarHandle TEXT = text();

        LeanRequest(Connector connector, org.apache.coyote.Request request) {
            super(connector, request);
            TEXT.set(inputBuffer, CharBuffer.allocate(CHARS).limit(0));
        }

        /** What lets the servlet do what a proxy needs and the API has not is there for every request. */
        @Override
        public Object getAttribute(String name) {
            return name.equals(org.fairlead.exchange.ContainerExtensions.ATTRIBUTE)
                    ? TomcatExtensions.of(this)
                    : super.getAttribute(name);
        }

        /** Also between a pause and what follows it, so that Tomcat does not end it meanwhile. */
        @Override
        public boolean isAsync() {
            return getCoyoteRequest().getNote(FairleadHttp11Processor.NOTE) instanceof FairleadHttp11Processor processor
                            && processor.isPaused()
                    || super.isAsync();
        }

        private static VarHandle text() {
            try {
                return MethodHandles.privateLookupIn(InputBuffer.class, MethodHandles.lookup())
                        .findVarHandle(InputBuffer.class, "cb", CharBuffer.class);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("this Tomcat keeps the text of requests elsewhere", e);
            }
        }
    }

    private static final class LeanResponse extends Response {
        /** Of a response that has no body yet. Tomcat drops a buffer of more than sixteen times that with its request. */
        private static final int FEW = 256;

        private static final int KEPT = 16 * FEW;

        /** What Tomcat has by itself: a shorter body of unknown length that is there at once gets a length. */
        private static final int USUAL = 8192;

        LeanResponse(org.apache.coyote.Response response) {
            super(response, FEW);
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            long length = getCoyoteResponse().getContentLengthLong();
            if ((length < 0 || length > FEW) && outputBuffer.isNew() && !isCommitted()) {
                setBufferSize(length < 0 || length > KEPT ? USUAL : (int) length);
            }
            return super.getOutputStream();
        }
    }
}
