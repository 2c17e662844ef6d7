package org.fairlead.bench.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections to a proxy that have carried one request each and are kept, while nothing happens on them. */
final class IdleConnections implements AutoCloseable {
    private static final byte[] REQUEST =
            "GET /small HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final List<SocketChannel> open = new ArrayList<>();
    private long refused;

    private IdleConnections() {}

    /** Opens so many, one after the other; those that the proxy refuses count as lost. */
    static IdleConnections open(int port, int count) {
        IdleConnections connections = new IdleConnections();
        ByteBuffer answer = ByteBuffer.allocate(8192);
        for (int i = 0; i < count; i++) {
            try {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                connections.open.add(channel);
                channel.socket().setSoTimeout(10_000);
                channel.write(ByteBuffer.wrap(REQUEST));
                if (channel.socket().getInputStream().read(answer.array()) < 0) {
                    connections.refused++;
                }
                channel.configureBlocking(false);
            } catch (IOException e) {
                connections.refused++;
            }
        }
        return connections;
    }

    /** How many are not there any more, or never were. */
    long lost() {
        ByteBuffer rest = ByteBuffer.allocate(8192);
        long lost = refused;
        for (SocketChannel channel : open) {
            try {
                lost += channel.read(rest.clear()) < 0 ? 1 : 0;
            } catch (IOException e) {
                lost++;
            }
        }
        return lost;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : open) {
            channel.close();
        }
    }
}
