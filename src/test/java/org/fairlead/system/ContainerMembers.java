package org.fairlead.system;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The members behind a container of the matrix, and the configuration that leads to them. */
final class ContainerMembers implements Closeable {
    private static final long PATIENCE_SECONDS = 30;

    /** One permit lets one more event go out. */
    final Semaphore events = new Semaphore(0);

    final WebSocketEcho webSockets = new WebSocketEcho();
    private final RawMember echo = RawMember.answering(this::answer);
    private final RawMember refusing = RawMember.start(ContainerMembers::refuseEarly);
    private final RawMember streaming = RawMember.start(this::stream);
    private final RawMember upgraded = RawMember.start(webSockets);
    private final BusyMember busy = new BusyMember();

    ContainerMembers() throws IOException {}

    String configuration() {
        return """
                LimitRequestBody 0
                ProxyPass /ws/ ws://127.0.0.1:%d/
                ProxyPass /early/ %s/
                ProxyPass /events/ %s/
                ProxyPass /busy/ %s/ timeout=600
                ProxyPass / %s/
                ProxyPassReverse / %s/
                ProxyPassReverseCookiePath / /
                """.formatted(upgraded.port(), refusing.uri(), streaming.uri(), busy.uri(), echo.uri(), echo.uri());
    }

    RawMember upgraded() {
        return upgraded;
    }

    BusyMember busy() {
        return busy;
    }

    private String answer(WireMessage request) {
        String[] line = request.startLine().split(" ");
        return switch (line[1]) {
            case "/304" -> "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n";
            case "/moved/absolute" ->
                "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + echo.uri() + "/x?y\r\n\r\n";
            case "/moved/relative" -> "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /x?y\r\n\r\n";
            case "/cookie" -> "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: a=b; Path=/; HttpOnly\r\n\r\n";
            default -> echo(line[0], line[1], request);
        };
    }

    private static String echo(String method, String target, WireMessage request) {
        String text = method + " " + target + " " + request.header("Cookie").orElse("-") + " " + sum(request.body());
        return "HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + (method.equals("HEAD") ? "" : text);
    }

    /** Length and sum, so that lost, doubled and swapped bytes show. */
    static String sum(byte[] body) {
        int sum = 0;
        for (byte next : body) {
            sum = BusyMember.sum(sum, next);
        }
        return body.length + ":" + sum;
    }

    private static void refuseEarly(Conversation conversation) throws IOException {
        if (conversation.readHead().isPresent()) {
            conversation.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
            conversation.input().transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    private void stream(Conversation conversation) throws IOException, InterruptedException {
        Optional<WireMessage> request = conversation.readRequest();
        if (request.isEmpty()) {
            return;
        }
        conversation.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 3 && events.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS); i++) {
            conversation.send("9\r\ndata: " + i + "\n\n\r\n");
        }
        conversation.send("0\r\n\r\n");
    }

    @Override
    public void close() throws IOException {
        for (Closeable member : new Closeable[] {echo, refusing, streaming, upgraded, busy}) {
            member.close();
        }
    }
}
