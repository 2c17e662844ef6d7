package org.fairlead.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;

/** One of Tomcat's connections; what is long and outside the heap goes from where it is to the kernel. */
final class ConnectionWrapper extends NioEndpoint.NioSocketWrapper {
    /** What is shorter may wait for more to come, in the buffer of the connection. */
    private static final int MIN_DIRECT_BYTES = SocketBuffers.BUFFER_BYTES;

    ConnectionWrapper(NioChannel channel, NioEndpoint endpoint) {
        super(channel, endpoint);
    }

    @Override
    protected void writeBlocking(ByteBuffer from) throws IOException {
        if (!from.isDirect() || from.remaining() < MIN_DIRECT_BYTES) {
            super.writeBlocking(from);
            return;
        }
        if (!socketBufferHandler.isWriteBufferEmpty()) {
            doWrite(true);
        }
        doWrite(true, from);
    }
}
