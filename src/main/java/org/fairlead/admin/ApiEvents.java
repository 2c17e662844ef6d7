package org.fairlead.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.fairlead.engine.HandlerRequest;
import org.fairlead.engine.HandlerResponse;
import org.fairlead.http.Headers;
import org.fairlead.http.Json;
import org.fairlead.http.RefusedException;
import org.fairlead.operations.EventLog;
import org.fairlead.operations.EventLog.Event;
import org.fairlead.operations.Operations;
import org.fairlead.operations.RequestSnapshot;

/**
 * {@code /v1/events}: the latest events as JSON, or as server-sent events where {@code Accept} asks for them (HTML
 * Living Standard 9.2). A stream ends after some minutes; its client then comes again with {@code Last-Event-ID}.
 */
final class ApiEvents {
    /** Each stream holds a thread. */
    static final int MAX_STREAMS = 16;

    private static final Duration LONGEST_STREAM = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    /** After this long without an event a comment is sent, so that no proxy between takes the stream for dead. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

    private final Operations operations;
    private final Semaphore streams = new Semaphore(MAX_STREAMS);

    ApiEvents(Operations operations) {
        this.operations = operations;
    }

    HandlerResponse read(HandlerRequest request) throws Problem, RefusedException {
        Headers headers = request.exchange().request().headers();
        Parameters query = Parameters.ofQuery(request.target().query());
        Optional<String> since = query.get("since").or(() -> headers.first("Last-Event-ID"));
        long id = since.isPresent() ? number(since.get()) : 0;
        EventLog log = operations.events();
        if (!headers.first("Accept").orElse("").contains("text/event-stream")) {
            List<Map<String, Object>> events =
                    log.since(id).stream().map(ApiEvents::json).toList();
            return ApiReading.response(query.get("fields")
                    .map(fields -> ApiFields.pick(events, fields))
                    .orElse(events));
        }
        if (request.exchange().request().isHead()) {
            return HandlerResponse.bytes(200, "text/event-stream", new byte[0]);
        }
        if (streams.availablePermits() == 0) {
            throw new Problem(503, "more than " + MAX_STREAMS + " streams of events").with("Retry-After", "10");
        }
        return new HandlerResponse(
                200, Headers.of("Content-Type", "text/event-stream"), new Stream(since.isPresent() ? id : log.last()));
    }

    private static long number(String text) throws Problem {
        if (!text.matches("\\d{1,18}")) {
            throw new Problem(400, "since (expected: the id of an event)");
        }
        return Long.parseLong(text);
    }

    /** A stream of events. Its place is taken when it begins, as a response that fails before is never written. */
    private final class Stream implements HandlerResponse.Body {
        private long id;

        Stream(long id) {
            this.id = id;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            if (!streams.tryAcquire()) {
                write(out, "retry: 10000\n\n");
                return;
            }
            try {
                long now = System.nanoTime();
                long end = now + LONGEST_STREAM.toNanos();
                long spoke = now;
                write(out, "retry: 2000\n\n");
                boolean closed = false;
                while (!closed && System.nanoTime() - end < 0) {
                    List<Event> events = operations.events().since(id);
                    for (Event event : events) {
                        id = event.id();
                        write(
                                out,
                                "id: " + id + "\nevent: " + event.kind().label() + "\ndata: " + Json.of(json(event))
                                        + "\n\n");
                    }
                    if (events.isEmpty() && System.nanoTime() - spoke > LONGEST_SILENCE.toNanos()) {
                        write(out, ":\n\n");
                        spoke = System.nanoTime();
                    } else if (!events.isEmpty()) {
                        spoke = System.nanoTime();
                    }
                    closed = operations.events().awaitClosed(BETWEEN_LOOKS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                streams.release();
            }
        }

        private static void write(OutputStream out, String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    static Map<String, Object> json(Event event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", event.id());
        json.put("at", event.at());
        json.put("kind", event.kind().label());
        json.put("object", event.object());
        json.put("text", event.text());
        json.put("author", event.author());
        json.put("reason", event.reason());
        return json;
    }

    /** {@code /v1/requests}. */
    static List<Map<String, Object>> requests(List<RequestSnapshot> requests) {
        return requests.stream().map(ApiEvents::json).toList();
    }

    private static Map<String, Object> json(RequestSnapshot request) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", request.id());
        json.put("age", request.age());
        json.put("phase", request.phase().label());
        json.put("method", request.method());
        json.put("path", request.path());
        json.put("client", request.client());
        json.put("host", request.host());
        json.put("balancer", request.balancer());
        json.put("member", request.member());
        json.put("attempts", request.attempts());
        return json;
    }
}
