package org.fairlead.connector;

import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Tomcat's HTTP/2 with connections of our own, see {@link Http2Connection}. */
final class FairleadHttp2Protocol extends Http2Protocol {
    /** Its warnings are about what clients send, as often as they like. */
    private static final Logger FRAMES = Logger.getLogger("org.apache.coyote.http2");

    static {
        if (FRAMES.getLevel() == null) {
            FRAMES.setLevel(Level.SEVERE);
        }
    }

    @Override
    public InternalHttpUpgradeHandler getInternalUpgradeHandler(
            SocketWrapperBase<?> connection, Adapter adapter, Request request) {
        return connection.hasAsyncIO()
                ? new Http2Connection(this, new StreamAdapter(adapter), request, connection, this::after)
                : super.getInternalUpgradeHandler(connection, adapter, request);
    }

    private void after(long millis, Runnable task) {
        getHttp11Protocol().getUtilityExecutor().schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /** Room for a head that is refused by a response; a longer one resets its stream. */
    @Override
    public int getMaxHeaderSize() {
        return 2 * super.getMaxHeaderSize();
    }

    /**
     * Whether an HTTP/1.1 request that offers h2c gets its response in HTTP/2. Not where it has a body: Tomcat would
     * have to hold all of it in memory before it responds, and a server may ignore any offer (RFC 9110 7.8).
     */
    @Override
    public boolean accept(Request request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") == null
                && (length == null || length.equals("0"))
                && super.accept(request);
    }
}
