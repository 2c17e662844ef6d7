package org.fairlead.upstream;

import java.io.InputStream;
import java.io.OutputStream;
import org.fairlead.engine.ClientGoneException;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.exchange.Tunnel;
import org.fairlead.http.Headers;
import org.fairlead.http.ResponseHead;

/** The engine's {@link UpstreamResponse} on a pooled connection in AJP. */
final class AjpResponse implements UpstreamResponse {
    private final MemberPool pool;
    private final MemberConnection connection;
    private final ResponseHead head;
    private final long length;
    private final AjpBodyDecoder body;
    private final AjpBodySender requestBody;
    private final ResponseBodyCopier reader;
    private final long connectedAt;
    private boolean done;

    /** @param length bytes of the body as the head declares them; negative = not declared */
    AjpResponse(
            String member,
            MemberPool pool,
            MemberConnection connection,
            ResponseHead head,
            long length,
            AjpBodyDecoder body,
            AjpBodySender requestBody,
            long connectedAt) {
        this.pool = pool;
        this.connection = connection;
        this.head = head;
        this.length = length;
        this.body = body;
        this.requestBody = requestBody;
        this.reader = new ResponseBodyCopier(member, connection, body, pool.buffers(), requestBody.sent());
        this.connectedAt = connectedAt;
    }

    @Override
    public ResponseHead head() {
        return head;
    }

    @Override
    public long connectedAt() {
        return connectedAt;
    }

    @Override
    public long length() {
        return Math.max(-1, length);
    }

    @Override
    public long copyTo(OutputStream out) throws UpstreamException, ClientGoneException {
        return reader.copyTo(out);
    }

    @Override
    public InputStream body() {
        return new ResponseBodyStream(reader, body, connection.inlet());
    }

    @Override
    public Headers trailers() {
        return body.trailers();
    }

    @Override
    public long bytesSent() {
        return requestBody.sent();
    }

    /** Never: AJP has no way to switch protocols. */
    @Override
    public Tunnel tunnel() {
        throw new IllegalStateException("no tunnel in AJP");
    }

    @Override
    public void close() {
        if (done) {
            return;
        }
        done = true;
        reader.close();
        if (reader.isAtEnd() && body.isReusable()) {
            pool.giveBack(connection);
        } else {
            pool.abort(connection);
        }
    }
}
