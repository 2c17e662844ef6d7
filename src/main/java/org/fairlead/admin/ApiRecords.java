package org.fairlead.admin;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.fairlead.engine.ExplanationFormat;
import org.fairlead.operations.RecordedRequest;
import org.fairlead.operations.RecordedRequest.Answered;
import org.fairlead.operations.RecordedRequest.Attempt;
import org.fairlead.operations.RecorderSnapshot;
import org.fairlead.operations.RequestRecorder;

/** {@code GET recorder} and {@code GET requests/ID}: the requests that were kept with the reasons of their decisions. */
final class ApiRecords {
    private ApiRecords() {}

    /** The recorder's settings and memory, and a line for each request. */
    static Map<String, Object> summary(RecorderSnapshot seen) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("on", seen.config().on());
        json.put("entries", seen.config().entries());
        json.put("sample", seen.config().sample());
        json.put("slow", seen.config().slow());
        json.put("bytes", seen.bytes());
        json.put("maxBytes", seen.config().maxBytes());
        json.put("requests", seen.requests().stream().map(ApiRecords::line).toList());
        return json;
    }

    private static Map<String, Object> line(RecordedRequest request) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", request.asked().id());
        json.put("time", request.asked().at());
        json.put("method", request.asked().method());
        json.put("url", request.asked().url());
        json.put("kept", request.kept());
        json.put("balancer", request.balancer());
        json.put("attempts", request.attempts().size());
        json.put("status", request.answered().status());
        json.put("duration", time(request.answered().endAt()));
        return json;
    }

    /** @throws Problem 404 if it is not kept */
    static Map<String, Object> request(RequestRecorder recorder, String id) throws Problem {
        return request(recorder.find(id)
                .orElseThrow(() ->
                        new Problem(404, "request " + id + " is not kept (GET v1/recorder lists those that are)")));
    }

    private static Map<String, Object> request(RecordedRequest request) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", request.asked().id());
        json.put("time", request.asked().at());
        json.put("method", request.asked().method());
        json.put("url", request.asked().url());
        json.put("protocol", request.asked().protocol());
        json.put("client", request.asked().client());
        json.put("kept", request.kept());
        json.put("trace", request.trace().stream().map(ExplanationFormat::line).toList());
        json.put("balancer", request.balancer());
        json.put(
                "attempts", request.attempts().stream().map(ApiRecords::attempt).toList());
        json.put("response", answered(request.answered()));
        return json;
    }

    private static Map<String, Object> attempt(Attempt attempt) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("member", word(attempt.member()));
        json.put("why", attempt.why());
        json.put(
                "candidates",
                attempt.candidates().stream().map(ExplanationFormat::candidate).toList());
        json.put("queued", time(attempt.queued()));
        json.put("connected", time(attempt.connected()));
        json.put("sent", time(attempt.sent()));
        json.put("firstByte", time(attempt.firstByte()));
        json.put("status", attempt.status() == 0 ? Optional.empty() : Optional.of(attempt.status()));
        json.put("failure", attempt.failure());
        json.put("error", word(attempt.error()));
        json.put("next", word(attempt.next()));
        return json;
    }

    private static Map<String, Object> answered(Answered answered) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", answered.status());
        json.put("bytes", answered.bytes());
        json.put("refusedBy", answered.refusedBy());
        json.put("failure", answered.failure());
        json.put("head", time(answered.headAt()));
        json.put("end", time(answered.endAt()));
        return json;
    }

    private static Optional<String> word(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<Duration> time(long micros) {
        return micros < 0 ? Optional.empty() : Optional.of(Duration.of(micros, ChronoUnit.MICROS));
    }
}
