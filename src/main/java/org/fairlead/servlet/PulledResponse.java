package org.fairlead.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.apache.http.HttpResponse;
import org.apache.http.HttpVersion;
import org.apache.http.client.ResponseHandler;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.entity.BasicHttpEntity;
import org.apache.http.message.BasicHttpResponse;
import org.apache.http.util.EntityUtils;
import org.fairlead.http.ReasonPhrases;
import org.fairlead.http.ResponseHead;

/** Member's response as a message of HttpClient 4; closing it releases the member's connection. */
final class PulledResponse extends BasicHttpResponse implements CloseableHttpResponse {
    private final InputStream body;

    private PulledResponse(int status, InputStream body) {
        super(HttpVersion.HTTP_1_1, status, ReasonPhrases.of(status));
        this.body = body;
    }

    /**
     * @param redirect how a redirect is spelt
     * @param release is run once, at the body's end or when the response is closed
     * @param decodes whether gzip and deflate are undone, as {@code handleCompression} asks
     */
    static PulledResponse of(
            PulledExchange.Taken taken, UnaryOperator<String> redirect, Runnable release, boolean decodes)
            throws IOException {
        ResponseHead head = taken.head();
        boolean empty = taken.length() == 0;
        InputStream body = new ReleasingStream(taken.body(), release);
        PulledResponse response = new PulledResponse(head.status(), body);
        head.headers()
                .forEach((name, value) ->
                        response.addHeader(name, name.equalsIgnoreCase("Location") ? redirect.apply(value) : value));
        Optional<String> coding = decodes ? head.headers().first("Content-Encoding") : Optional.empty();
        boolean coded = coding.isPresent() && !empty && isKnown(coding.get());
        if (taken.length() >= 0 && !coded) {
            response.setHeader("Content-Length", Long.toString(taken.length()));
        }
        if (coded) {
            response.removeHeaders("Content-Encoding");
            response.removeHeaders("Content-MD5");
        }
        BasicHttpEntity entity = new BasicHttpEntity();
        entity.setContent(coded ? new DecodedStream(body, coding.get()) : body);
        entity.setContentLength(coded ? -1 : taken.length());
        entity.setChunked(coded || taken.length() < 0);
        entity.setContentType(response.getFirstHeader("Content-Type"));
        response.setEntity(entity);
        return response;
    }

    /** Result of a handler for a response, which is over then. */
    static <T> T handled(HttpResponse response, ResponseHandler<? extends T> handler) throws IOException {
        try {
            return handler.handleResponse(response);
        } finally {
            EntityUtils.consumeQuietly(response.getEntity());
        }
    }

    private static boolean isKnown(String coding) {
        return coding.equalsIgnoreCase("gzip")
                || coding.equalsIgnoreCase("x-gzip")
                || coding.equalsIgnoreCase("deflate");
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    /**
     * Stream that undoes a coding; its header is read with the first byte requested, so that events are not held up.
     */
    private static final class DecodedStream extends InputStream {
        private final InputStream coded;
        private final String coding;
        private Optional<InputStream> plain = Optional.empty();

        DecodedStream(InputStream coded, String coding) {
            this.coded = coded;
            this.coding = coding;
        }

        private InputStream plain() throws IOException {
            if (plain.isEmpty()) {
                plain = Optional.of(
                        coding.equalsIgnoreCase("deflate")
                                ? new InflaterInputStream(coded)
                                : new GZIPInputStream(coded));
            }
            return plain.get();
        }

        @Override
        public int read() throws IOException {
            return plain().read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return plain().read(target, offset, length);
        }

        @Override
        public void close() throws IOException {
            coded.close();
        }
    }

    /** Stream that releases the configuration which has served the request, once. */
    private static final class ReleasingStream extends InputStream {
        private final InputStream body;
        private final Runnable release;
        private boolean released;

        ReleasingStream(InputStream body, Runnable release) {
            this.body = body;
            this.release = release;
        }

        @Override
        public int read() throws IOException {
            int b = body.read();
            if (b < 0) {
                close();
            }
            return b;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = body.read(target, offset, length);
            if (n < 0) {
                close();
            }
            return n;
        }

        @Override
        public int available() throws IOException {
            return body.available();
        }

        @Override
        public void close() throws IOException {
            try {
                body.close();
            } finally {
                if (!released) {
                    released = true;
                    release.run();
                }
            }
        }
    }
}
