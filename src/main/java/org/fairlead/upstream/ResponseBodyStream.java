package org.fairlead.upstream;

import java.io.IOException;
import java.io.InputStream;

/** The body of a response as a stream, for the few callers that read it themselves. Used by one thread. */
final class ResponseBodyStream extends InputStream {
    private final ResponseBodyCopier reader;
    private final BodyDecoder body;
    private final ReadBuffer inlet;

    ResponseBodyStream(ResponseBodyCopier reader, BodyDecoder body, ReadBuffer inlet) {
        this.reader = reader;
        this.body = body;
        this.inlet = inlet;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int n = reader.next();
        while (n == 0) {
            reader.fill();
            n = reader.next();
        }
        if (n < 0) {
            return -1;
        }
        int count = Math.min(n, length);
        System.arraycopy(inlet.bytes, inlet.position, target, offset, count);
        body.used(count);
        return count;
    }

    @Override
    public int available() throws IOException {
        return Math.max(0, reader.next());
    }
}
