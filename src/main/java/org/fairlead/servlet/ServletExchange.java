package org.fairlead.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.ClientWatch;
import org.fairlead.exchange.ContainerExtensions;
import org.fairlead.exchange.DecisionTrace;
import org.fairlead.exchange.DirectOutput;
import org.fairlead.exchange.Environment;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.exchange.RequestIds;
import org.fairlead.exchange.Suspension;
import org.fairlead.exchange.TlsAgreement;
import org.fairlead.exchange.Tunnel;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestHead;
import org.fairlead.http.ResponseHead;

/** A servlet request and its response as an exchange. */
final class ServletExchange implements Exchange {
    private static final Headers NO_TRAILERS = new Headers();

    private final long number = RequestIds.next();
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ContainerTraits container;
    private final Optional<ContainerExtensions> connector;
    private final RequestHead head;
    private final OpenTunnels tunnels;
    private final MemberWait memberWait;
    private ClientConnection connection;
    private final RequestBody body;
    private final Environment environment;
    private Headers trailers = NO_TRAILERS;
    private boolean begun;
    private boolean aborted;
    private Optional<CountedOutput> counted = Optional.empty();
    /** Bytes of the response's body as announced; −1 = they are counted. */
    private long announced;

    private Optional<AccessLogEntry> telling = Optional.empty();
    private Optional<Serving> serving = Optional.empty();

    /** @throws RefusedException if the request cannot even be read */
    ServletExchange(HttpServletRequest request, HttpServletResponse response, ExchangeSurroundings around)
            throws RefusedException, IOException {
        this.request = request;
        this.response = response;
        this.container = around.container();
        this.connector = ServletHead.extensions(request);
        this.tunnels = around.tunnels();
        this.memberWait = new MemberWait(request, connector, around.suspensions());
        this.connection = ServletHead.connection(request);
        this.environment = ServletHead.environment(request, number, connection);
        this.head = ServletHead.of(request, connector);
        this.body = ServletBody.of(request, around, connector);
    }

    @Override
    public String id() {
        return RequestIds.text(number);
    }

    @Override
    public RequestHead request() {
        return head;
    }

    @Override
    public ClientConnection connection() {
        return connection;
    }

    @Override
    public Optional<String> clientConnectionId() {
        return ServletHead.connectionId(request);
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
    public String mountPath() {
        return ServletHead.mount(request);
    }

    @Override
    public Optional<String> tlsVariable(String name) {
        return connection.secure() ? TlsVariables.read(request, name) : Optional.empty();
    }

    @Override
    public void legacyNames(boolean legacy) {
        request.setAttribute(TlsVariables.LEGACY_NAMES, legacy);
    }

    @Override
    public Optional<TlsAgreement> tlsAgreement() {
        return TlsVariables.agreement(request);
    }

    @Override
    public Optional<String> containerUser() {
        return Optional.ofNullable(request.getUserPrincipal()).map(Principal::getName);
    }

    @Override
    public void interim(ResponseHead interim) throws IOException {
        if (!head.protocol().equals("HTTP/1.0")) {
            container.sendInterim(response, interim);
        }
    }

    /** Does nothing: containers let the client go on when its body is first read. */
    @Override
    public void proceed() {}

    @Override
    public OutputStream reply(ResponseHead answer, long length) throws IOException {
        container.forgetError(request, connector);
        ResponseHeadLimit.check(request, connector, answer);
        begin(answer);
        boolean last = connector.map(ContainerExtensions::isLastAnswer).orElse(false)
                || body instanceof ServletBody unread && unread.isAbandoned();
        if (last && head.protocol().startsWith("HTTP/1.")) {
            response.setHeader("Connection", "close");
        }
        boolean hasBody = ResponseHead.allowsBody(head.method(), answer.status());
        announced = hasBody ? length : 0;
        if (length >= 0 && (hasBody || head.isHead())) {
            response.setContentLengthLong(length);
        } else if (hasBody && !head.protocol().equals("HTTP/1.0")) {
            response.setTrailerFields(this::trailerMap);
        }
        if (!hasBody && !head.isHead()) {
            container.endHead(response);
        }
        Optional<OutputStream> direct = hasBody && length >= DirectOutput.WORTHWHILE
                ? connector.flatMap(ContainerExtensions::output)
                : Optional.empty();
        if (direct.isPresent()) {
            return direct.get();
        }
        OutputStream out = SlowClientOutput.of(response.getOutputStream(), head.protocol(), connector);
        if (telling.isEmpty() && announced >= 0) {
            return out;
        }
        counted = Optional.of(new CountedOutput(out));
        return counted.get();
    }

    @Override
    public DecisionTrace trace() {
        return serving.isPresent() ? serving.get().trace() : DecisionTrace.NONE;
    }

    /** Sets the object that ends this exchange, also after a suspension; without it, there is no suspension. */
    void pausesWith(Serving whose) {
        serving = Optional.of(whose);
    }

    @Override
    public Optional<Runnable> pause(Suspension pause) {
        return serving.flatMap(whose -> memberWait.begin(whose.around(pause)));
    }

    /** The wait for a member; any result of the member ends it. */
    MemberWait memberWait() {
        return memberWait;
    }

    @Override
    public ClientWatch watchClient(Runnable left) {
        return memberWait.watchClient(left);
    }

    /** From now on bytes are counted, and a tunnel's end is reported. */
    void tell(AccessLogEntry whom) {
        telling = Optional.of(whom);
    }

    /** Its access log entry; empty where no log is kept. */
    Optional<AccessLogEntry> logEntry() {
        return telling;
    }

    /** Bytes of the response's body so far; empty where no response was made here, or bytes are not counted. */
    Optional<Long> bodyBytes() {
        return counted.map(CountedOutput::count);
    }

    /** Bytes of the response's body: those counted, else those announced. */
    long bodySent() {
        return counted.isPresent() ? counted.get().count() : Math.max(0, announced);
    }

    Headers answerTrailers() {
        return trailers;
    }

    private void begin(ResponseHead answer) {
        if (begun) {
            response.reset();
        }
        begun = true;
        response.setStatus(answer.status());
        Headers fields = answer.headers();
        connector.ifPresentOrElse(own -> own.respond(fields), () -> fields.forEach(response::addHeader));
    }

    private Map<String, String> trailerMap() {
        if (aborted) {
            container.refuseToFinish();
        }
        return ServletHead.trailers(trailers);
    }

    @Override
    public void trailers(Headers fields) throws IOException {
        trailers = fields;
        if (fields.size() > 0) {
            // A container that still holds a short body would give it a length, and a trailer no place.
            response.flushBuffer();
        }
    }

    @Override
    public boolean isCommitted() {
        // A body that could not be read makes Tomcat call a response committed of which no byte went out.
        container.forgetError(request, connector);
        return response.isCommitted();
    }

    @Override
    public void abort() {
        aborted = true;
        if (head.protocol().startsWith("HTTP/2")) {
            container.cutTrailers(response, this::trailerMap);
        }
    }

    /** Waits until no thread of this exchange uses the container's objects any more. */
    void settle() {
        if (body instanceof ServletBody unread) {
            unread.settle();
        }
    }

    /** Whether the response must end so that the client sees it is cut. */
    boolean isAborted() {
        return aborted;
    }

    /** Leaves the variables for a container's own access log; the launcher's log reads them itself. */
    void publishVariables() {
        if (connector.isEmpty()) {
            ValveAttributes.set(request, connection, environment);
        }
    }

    @Override
    public boolean canSwitchProtocols() {
        return head.protocol().equals("HTTP/1.1") && container.canUpgrade();
    }

    @Override
    public void switchProtocols(ResponseHead answer, Tunnel tunnel) throws IOException {
        begin(answer);
        try {
            Tunnel carried = telling.isPresent() ? telling.get().follow(tunnel, answer) : tunnel;
            request.upgrade(TunnelHandler.class).carry(tunnels.follow(carried));
        } catch (ServletException e) {
            throw new IOException("this container cannot switch protocols", e);
        }
    }
}
