package org.fairlead.exchange;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestHead;
import org.fairlead.http.RequestTarget;
import org.fairlead.http.ResponseHead;

/** A client whose request is given and whose answer is kept, for tests of all packages. */
public final class FakeExchange implements Exchange {
    private final RequestHead request;
    private final RequestBody body;
    private final Environment environment = new Environment();
    private final Map<String, String> tls = new HashMap<>();
    private ClientConnection connection;
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
    private long announced = -1;
    private boolean aborted;
    private boolean switches = true;
    private Optional<String> containerUser = Optional.empty();
    private DecisionTrace trace = DecisionTrace.NONE;
    private String id = "x-1";
    private boolean lets;
    private Optional<Suspension> pause = Optional.empty();
    private int calledBack;

    private FakeExchange(RequestHead request, RequestBody body, ClientConnection connection) {
        this.request = request;
        this.body = body;
        this.connection = connection;
    }

    /** One without a body. */
    public static FakeExchange of(RequestHead request, ClientConnection connection) {
        return new FakeExchange(request, RequestBody.NONE, connection);
    }

    public static FakeExchange of(String method, String target, Headers headers, RequestBody body) {
        try {
            if (!headers.contains("Host")) {
                headers.add("Host", "www.example.com");
            }
            return new FakeExchange(
                    new RequestHead(method, RequestTarget.parse(target), "HTTP/1.1", headers),
                    body,
                    client("192.0.2.7"));
        } catch (RefusedException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static FakeExchange get(String target) {
        return of("GET", target, new Headers(), RequestBody.NONE);
    }

    /** Runs when the client gets to know that its answer is whole. */
    public FakeExchange atEnd(Runnable work) {
        atEnd = work;
        return this;
    }

    private static ClientConnection client(String address) {
        return new ClientConnection(address, 4711, "192.0.2.1", 80, false);
    }

    public FakeExchange over(ClientConnection other) {
        connection = other;
        return this;
    }

    /** One whose thread may be let go. */
    public FakeExchange inContainerThatLetsGo() {
        lets = true;
        return this;
    }

    /** What has to go on; empty where the thread was not let go. */
    public Optional<Suspension> paused() {
        return pause;
    }

    /** How often the container was told to go on. */
    public int calledBack() {
        return calledBack;
    }

    @Override
    public Optional<Runnable> pause(Suspension whose) {
        if (!lets) {
            return Optional.empty();
        }
        pause = Optional.of(whose);
        return Optional.of(() -> calledBack++);
    }

    public FakeExchange inContainerWithoutUpgrade() {
        switches = false;
        return this;
    }

    public FakeExchange from(String address) {
        connection = client(address);
        return this;
    }

    /** Adds a variable of its connection's TLS. */
    public FakeExchange tls(String name, String value) {
        tls.put(name, value);
        return this;
    }

    /** One with an id of its own. */
    public FakeExchange named(String own) {
        id = own;
        return this;
    }

    /** One whose decisions are traced. */
    public FakeExchange traced(DecisionTrace by) {
        trace = by;
        return this;
    }

    @Override
    public DecisionTrace trace() {
        return trace;
    }

    public FakeExchange loggedInAs(String user) {
        containerUser = Optional.of(user);
        return this;
    }

    public int status() {
        return head.map(ResponseHead::status).orElse(0);
    }

    public Headers answered() {
        return head.map(ResponseHead::headers).orElseGet(Headers::new);
    }

    /** Bytes of the body as its head announces them; −1 = unknown. */
    public long length() {
        return announced;
    }

    public String text() {
        return sent.toString(StandardCharsets.ISO_8859_1);
    }

    public boolean isAborted() {
        return aborted;
    }

    public Headers sentTrailers() {
        return trailers;
    }

    public List<ResponseHead> interims() {
        return interims;
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
    public Optional<String> tlsVariable(String name) {
        return Optional.ofNullable(tls.get(name));
    }

    @Override
    public Optional<String> containerUser() {
        return containerUser;
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
        announced = length;
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
