package org.fairlead.upstream;

import java.io.InputStream;
import java.io.OutputStream;
import org.fairlead.engine.ClientGoneException;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.exchange.Tunnel;
import org.fairlead.http.Headers;
import org.fairlead.http.ResponseHead;

/** The engine's {@link UpstreamResponse} on a pooled connection. */
final class MemberResponse implements UpstreamResponse {
    private final MemberPool pool;
    private final MemberConnection connection;
    private final ResponseHead head;
    private final Framing framing;
    private final ResponseBodyDecoder body;
    private final ResponseBodyCopier reader;
    private final long connectedAt;
    private boolean done;

    /** @param framing whose {@code reusable} already says whether the request was sent to its end */
    MemberResponse(
            String member,
            MemberPool pool,
            MemberConnection connection,
            ResponseHead head,
            Framing framing,
            long bytesSent,
            long connectedAt) {
        this.pool = pool;
        this.connection = connection;
        this.head = head;
        this.framing = framing;
        this.body = new ResponseBodyDecoder(connection.inlet(), connection.parser(), framing);
        this.reader = new ResponseBodyCopier(member, connection, body, pool.buffers(), bytesSent);
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
        return framing.length() >= 0 ? framing.length() : -1;
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
        return reader.bytesSent();
    }

    @Override
    public Tunnel tunnel() {
        if (head.status() != 101 || done) {
            throw new IllegalStateException("no tunnel without a 101");
        }
        done = true;
        return new MemberTunnel(connection, pool);
    }

    @Override
    public void close() {
        if (done) {
            return;
        }
        done = true;
        reader.close();
        if (head.status() == 101 || !reader.isAtEnd()) {
            pool.abort(connection);
        } else if (framing.reusable() && connection.inlet().isEmpty()) {
            KeepAlive.note(head.headers(), connection);
            pool.giveBack(connection);
        } else {
            pool.closeGracefully(connection);
        }
    }
}
