package org.fairlead.servlet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.fairlead.exchange.ContainerExtensions;

/**
 * Output stream of a response on HTTP/2, whose client may have no window for it (RFC 9113 5.2): each write may wait,
 * and another thread may run in its place meanwhile. On HTTP/1.1 the connection itself knows when a write has to wait.
 */
final class SlowClientOutput extends OutputStream {
    private final OutputStream out;
    private final ContainerExtensions connector;

    private SlowClientOutput(OutputStream out, ContainerExtensions connector) {
        this.out = out;
        this.connector = connector;
    }

    /** Wraps the stream only where that is needed. */
    static OutputStream of(OutputStream out, String protocol, Optional<ContainerExtensions> connector) {
        return connector.isPresent() && protocol.startsWith("HTTP/2")
                ? new SlowClientOutput(out, connector.get())
                : out;
    }

    @Override
    public void write(int b) throws IOException {
        connector.await(() -> out.write(b));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        connector.await(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        connector.await(out::flush);
    }

    @Override
    public void close() throws IOException {
        connector.await(out::close);
    }
}
