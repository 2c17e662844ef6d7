package org.fairlead.upstream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.fairlead.balancer.Member;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.health.Probe;
import org.fairlead.http.Headers;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.HealthCheckConfig.Method;
import org.fairlead.model.MemberAddress;

/**
 * A probe as in mod_proxy_hcheck, in HTTP or AJP's CPING, on a connection of its own that is closed afterwards. Thread-safe.
 *
 * <p>The check's timeout bounds the whole probe, however slowly the member sends.
 */
final class HttpProbe implements Probe {
    private static final ByteArrayPool PROBE_BUFFERS = new ByteArrayPool(512);
    private static final int MAX_BODY = 64 * 1024;
    private static final int MAX_INTERIMS = 10;

    private final TimeoutMonitor watch;
    private final TlsContexts contexts;

    HttpProbe(TimeoutMonitor watch, TlsContexts contexts) {
        this.watch = watch;
        this.contexts = contexts;
    }

    @Override
    public Optional<Reply> ask(Member member, HealthCheckConfig check) throws IOException {
        Duration timeout = check.timeout();
        watch.notice(timeout);
        long deadline = System.nanoTime() + timeout.toNanos();
        Transport wire = new Dialer(member, watch, contexts.of(member.config())).dial(timeout);
        TimeoutMonitor.Monitored guard = now -> {
            if (now - deadline > 0) {
                wire.close();
            }
        };
        watch.add(guard);
        try {
            return ask(wire, member, check);
        } catch (IOException e) {
            boolean late = System.nanoTime() - deadline > 0;
            throw new UpstreamException(
                    late ? Kind.TIMEOUT : Kind.BROKEN,
                    member.name() + ": probe failed: "
                            + (late ? "no whole answer within " + timeout.toMillis() + " ms" : e.getMessage()),
                    false,
                    false,
                    e);
        } finally {
            watch.remove(guard);
            wire.closeNotify();
            wire.close();
        }
    }

    private static Optional<Reply> ask(Transport wire, Member member, HealthCheckConfig check) throws IOException {
        switch (check.method()) {
            case TCP -> {
                return Optional.empty();
            }
            case CPING -> {
                AjpPing.exchange(wire, new ReadBuffer(wire), check.timeout());
                return Optional.empty();
            }
            default -> {
                return Optional.of(askHttp(wire, member, check));
            }
        }
    }

    private static Reply askHttp(Transport wire, Member member, HealthCheckConfig check) throws IOException {
        WriteBuffer outlet = new WriteBuffer(PROBE_BUFFERS);
        String method = method(check.method());
        MemberAddress address = member.config().address();
        boolean modern = check.method().name().endsWith("11");
        outlet.requestLine(method, target(member, check), modern ? "HTTP/1.1" : "HTTP/1.0");
        outlet.field("Host", bracketed(address.host()) + ":" + address.port());
        if (modern) {
            outlet.field("Connection", "close");
        }
        outlet.endLine();
        wire.write(outlet.bytes, 0, outlet.end);
        outlet.release();
        ReadBuffer inlet = new ReadBuffer(wire);
        HeadParser parser = new HeadParser(inlet, member.config().pool().responseFieldSize());
        ParsedHead head = parser.read();
        for (int interims = 0; head.status() < 200; interims++) {
            if (interims == MAX_INTERIMS || head.status() == 101) {
                throw new BadResponseException("no final answer");
            }
            head = parser.read();
        }
        Framing framing = Framing.of(method, head);
        Headers headers = head.fields();
        String body = method.equals("GET") ? body(inlet, new ResponseBodyDecoder(inlet, parser, framing)) : "";
        return new Reply(head.status(), headers, body);
    }

    private static String method(Method method) {
        return switch (method) {
            case HEAD, HEAD11 -> "HEAD";
            case GET, GET11 -> "GET";
            case OPTIONS, OPTIONS11, TCP, CPING -> "OPTIONS";
        };
    }

    /** The member's path and {@code hcuri} with exactly one slash between them; OPTIONS targets the server itself. */
    private static String target(Member member, HealthCheckConfig check) {
        if (method(check.method()).equals("OPTIONS")) {
            return "*";
        }
        String path = member.config().path();
        String uri = check.uri();
        if (uri.isEmpty()) {
            return path.isEmpty() ? "/" : path;
        }
        String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return base + (uri.startsWith("/") ? "" : "/") + uri;
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    private static String body(ReadBuffer inlet, ResponseBodyDecoder body) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int n = body.atHand(); n >= 0 && text.length() < MAX_BODY; n = body.atHand()) {
            if (n == 0) {
                inlet.fill();
                continue;
            }
            int used = Math.min(n, MAX_BODY - text.length());
            text.append(new String(inlet.bytes, inlet.position, used, StandardCharsets.ISO_8859_1));
            body.used(used);
        }
        return text.toString();
    }
}
