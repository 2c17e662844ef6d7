package org.fairlead.servlet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.http.HttpEntity;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Environment;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.exchange.RequestIds;
import org.fairlead.http.Headers;
import org.fairlead.http.RequestHead;
import org.fairlead.http.ResponseHead;

/**
 * Exchange for a request that the parent's {@code service} has made and whose response it reads. Used by one thread.
 */
final class PulledExchange implements Exchange {
    private final String id = RequestIds.text(RequestIds.next());
    private final RequestHead request;
    private final RequestBody body;
    private final Environment environment = new Environment();
    private ClientConnection connection;
    private Optional<Taken> taken = Optional.empty();
    private Optional<ResponseHead> local = Optional.empty();

    /**
     * A member's response.
     *
     * @param length bytes of the body; −1 = unknown
     */
    record Taken(ResponseHead head, long length, InputStream body) {}

    PulledExchange(RequestHead request, Optional<HttpEntity> entity, ClientConnection connection) {
        this.request = request;
        this.connection = connection;
        this.body = entity.<RequestBody>map(EntityBody::new).orElse(RequestBody.NONE);
    }

    /** Body of an entity, read once. */
    private static final class EntityBody implements RequestBody {
        private final HttpEntity entity;
        private Optional<InputStream> stream = Optional.empty();

        EntityBody(HttpEntity entity) {
            this.entity = entity;
        }

        @Override
        public long length() {
            return Math.max(-1, entity.getContentLength());
        }

        @Override
        public InputStream stream() throws IOException {
            if (stream.isEmpty()) {
                stream = Optional.of(entity.getContent());
            }
            return stream.get();
        }

        @Override
        public Headers trailers() {
            return new Headers();
        }
    }

    /** The member's response; empty if there is none. */
    Optional<Taken> taken() {
        return taken;
    }

    /** The head of a response of our own, when no member has given one. */
    Optional<ResponseHead> local() {
        return local;
    }

    @Override
    public boolean pullsBody() {
        return true;
    }

    @Override
    public void take(ResponseHead head, long length, InputStream from) {
        taken = Optional.of(new Taken(head, length, from));
    }

    @Override
    public OutputStream reply(ResponseHead head, long length) {
        local = Optional.of(head);
        return new ByteArrayOutputStream();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public RequestHead request() {
        return request;
    }

    @Override
    public ClientConnection connection() {
        return connection;
    }

    @Override
    public void onBehalfOf(String clientAddress) {
        connection = connection.onBehalfOf(clientAddress);
    }

    @Override
    public RequestBody body() {
        return body;
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public void abort() {
        taken.ifPresent(response -> {
            try {
                response.body().close();
            } catch (IOException e) {
                throw new IllegalStateException("a body that is closed in memory", e);
            }
        });
    }
}
