package org.fairlead.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Environment;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.Headers;
import org.fairlead.exchange.RefusedException;
import org.fairlead.exchange.RequestBody;
import org.fairlead.exchange.RequestHead;
import org.fairlead.exchange.RequestTarget;
import org.fairlead.exchange.ResponseHead;
import org.fairlead.exchange.Tunnel;

/** A client whose request is given and whose answer is kept. */
final class FakeExchange implements Exchange {
    private final RequestHead request;
    private final RequestBody body;
    private final Environment environment = new Environment();
    private Runnable atEnd = () -> {};
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream() {
        @Override
        public void close() {
            atEnd.run();
        }
    };
    private final List<ResponseHead> interims = new ArrayList<>();
    private Optional<ResponseHead> head = Optional.empty();
    private Headers trailers = new Headers();
    private boolean aborted;
    private boolean switches = true;

    private FakeExchange(RequestHead request, RequestBody body) {
        this.request = request;
        this.body = body;
    }

    static FakeExchange of(String method, String target, Headers headers, RequestBody body) {
        try {
            headers.add("Host", "www.example.com");
            return new FakeExchange(new RequestHead(method, RequestTarget.parse(target), "HTTP/1.1", headers), body);
        } catch (RefusedException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static FakeExchange get(String target) {
        return of("GET", target, new Headers(), RequestBody.NONE);
    }

    static RequestBody body(String text, long length) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        InputStream stream = new ByteArrayInputStream(bytes);
        return new RequestBody() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream stream() {
                return stream;
            }

            @Override
            public Headers trailers() {
                return new Headers();
            }
        };
    }

    /** Runs when the client gets to know that its answer is whole. */
    FakeExchange atEnd(Runnable work) {
        atEnd = work;
        return this;
    }

    FakeExchange inContainerWithoutUpgrade() {
        switches = false;
        return this;
    }

    int status() {
        return head.map(ResponseHead::status).orElse(0);
    }

    Headers answered() {
        return head.map(ResponseHead::headers).orElseGet(Headers::new);
    }

    String text() {
        return sent.toString(StandardCharsets.ISO_8859_1);
    }

    boolean isAborted() {
        return aborted;
    }

    Headers sentTrailers() {
        return trailers;
    }

    List<ResponseHead> interims() {
        return interims;
    }

    @Override
    public String id() {
        return "test";
    }

    @Override
    public RequestHead request() {
        return request;
    }

    @Override
    public ClientConnection connection() {
        return new ClientConnection("192.0.2.7", 4711, "192.0.2.1", 80, false);
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
    public String mountPath() {
        return "";
    }

    @Override
    public Optional<String> tlsVariable(String name) {
        return Optional.empty();
    }

    @Override
    public void interim(ResponseHead interim) {
        interims.add(interim);
    }

    @Override
    public void proceed() {
        interims.add(new ResponseHead(100, new Headers()));
    }

    @Override
    public OutputStream reply(ResponseHead answer, long length) {
        head = Optional.of(answer);
        return sent;
    }

    @Override
    public void trailers(Headers fields) {
        trailers = fields;
    }

    @Override
    public boolean isCommitted() {
        return head.isPresent();
    }

    @Override
    public void abort() {
        aborted = true;
    }

    @Override
    public boolean canSwitchProtocols() {
        return switches;
    }

    @Override
    public void switchProtocols(ResponseHead answer, Tunnel tunnel) {
        head = Optional.of(answer);
        tunnel.start(InputStream.nullInputStream(), OutputStream.nullOutputStream(), () -> {});
    }
}
