package org.fairlead.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;

/** A body of unknown length that fails when it outgrows {@code LimitRequestBody}. */
final class LimitedBody implements RequestBody {
    private final RequestBody body;
    private final long limit;
    private InputStream stream;

    private LimitedBody(RequestBody body, long limit) {
        this.body = body;
        this.limit = limit;
    }

    /** Wraps only a body of unknown length: a declared length has been checked before. */
    static RequestBody of(RequestBody body, long limit) {
        return limit > 0 && body.length() < 0 ? new LimitedBody(body, limit) : body;
    }

    /** The body outgrew its limit: 413. */
    static final class TooLargeException extends IOException {
        TooLargeException(long limit) {
            super("the body outgrew LimitRequestBody, " + limit + " bytes");
        }
    }

    @Override
    public long length() {
        return body.length();
    }

    @Override
    public boolean isReady(Runnable wake) throws IOException {
        return body.isReady(wake);
    }

    @Override
    public void await(Wait wait) throws IOException {
        body.await(wait);
    }

    @Override
    public Headers trailers() {
        return body.trailers();
    }

    @Override
    public InputStream stream() throws IOException {
        if (stream == null) {
            stream = new Counting(body.stream(), limit);
        }
        return stream;
    }

    private static final class Counting extends FilterInputStream {
        private final long limit;
        private long count;

        Counting(InputStream in, long limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            count += Math.max(0, read);
            if (count > limit) {
                throw new TooLargeException(limit);
            }
            return read;
        }
    }
}
