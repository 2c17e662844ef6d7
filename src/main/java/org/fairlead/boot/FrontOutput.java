package org.fairlead.boot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.coyote.Response;
import org.fairlead.exchange.DirectOutput;

/** The body of an answer on a plain connection, past the buffer of Tomcat's stream. */
final class FrontOutput implements DirectOutput {
    private final Response response;
    private final BufferStock buffers;

    FrontOutput(Response response, BufferStock buffers) {
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
            response.doWrite(bytes);
        } catch (IOException e) {
            // As Tomcat's stream does: an answer that was not taken is told from one that was.
            response.setErrorException(e);
            throw e;
        }
    }
}
