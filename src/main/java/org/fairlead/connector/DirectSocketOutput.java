package org.fairlead.connector;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.catalina.connector.Response;
import org.fairlead.exchange.DirectOutput;

/** Output stream for the body of a response on a plain connection, past the buffer of Tomcat's stream. */
final class DirectSocketOutput extends OutputStream implements DirectOutput {
    private final Response response;
    private final DirectBufferPool buffers;

    DirectSocketOutput(Response response, DirectBufferPool buffers) {
        this.response = response;
        this.buffers = buffers;
    }

    @Override
    public Optional<ByteBuffer> lend() {
        return buffers.lend();
    }

    @Override
    public void giveBack(ByteBuffer lent) {
        buffers.giveBack(lent);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        try {
            response.getCoyoteResponse().doWrite(bytes);
        } catch (IOException e) {
            // As Tomcat's stream does: a response that the client has not taken is distinguished from one that it has.
            response.getCoyoteResponse().setErrorException(e);
            throw e;
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        write(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void flush() throws IOException {
        response.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        response.getOutputStream().close();
    }
}
