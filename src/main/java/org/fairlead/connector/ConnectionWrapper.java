package org.fairlead.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;

/** One of Tomcat's connections; what is long and outside the heap goes from where it is to the kernel. */
final class ConnectionWrapper extends NioEndpoint.NioSocketWrapper {
    /** What is shorter may wait for more to come, in the buffer of the connection. */
    private static final int MIN_DIRECT_BYTES = SocketBuffers.BUFFER_BYTES;

    private Optional<ResponseHeads> heads = Optional.empty();

    ConnectionWrapper(NioChannel channel, NioEndpoint endpoint) {
        super(channel, endpoint);
    }

    /** Names who completes the heads of what is written from now on. */
    void completeHeads(Optional<ResponseHeads> completing) {
        heads = completing;
    }

    @Override
    protected void writeBlocking(ByteBuffer from) throws IOException {
        if (from.isDirect() || heads.isEmpty()) {
            send(from);
        } else {
            heads.get().write(from, this::send);
        }
    }

    private void send(ByteBuffer from) throws IOException {
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
