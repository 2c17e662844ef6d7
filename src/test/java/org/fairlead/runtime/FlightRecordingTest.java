package org.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of Java's Flight Recorder: all are in a recording that asks for them, and none costs an object else. */
class FlightRecordingTest {
    private static final String MEMBER = "http://127.0.0.1:1";

    @TempDir
    private static Path folder;

    private static void everything() {
        FlightRecording.stateChanged("shop", MEMBER, "Err", "failed");
        FlightRecording.Attempt attempt = FlightRecording.attempt("r1", "shop", MEMBER);
        FlightRecording.queued("r1", "shop", MEMBER, Duration.ofMillis(21).toNanos());
        FlightRecording.queued("r2", "shop", MEMBER, Duration.ofMillis(19).toNanos());
        attempt.end(0, "timeout");
        FlightRecording.attempt("r2", "shop", MEMBER).end(200, "");
        FlightRecording.reload(() -> {});
        assertThatThrownBy(() -> FlightRecording.reload(() -> {
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
    }

    @Test
    void aRecordingHasWhatHappened() throws Exception {
        Path file = folder.resolve("all.jfr");
        try (Recording recording = new Recording()) {
            for (String event : List.of("Attempt", "QueueWait", "StateChange", "Reload")) {
                recording.enable("org.fairlead." + event);
            }
            recording.start();
            everything();
            recording.stop();
            recording.dump(file);
        }
        Map<String, List<RecordedEvent>> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("org.fairlead."))
                .collect(Collectors.groupingBy(
                        event -> event.getEventType().getName().substring("org.fairlead.".length())));

        assertThat(events.get("Attempt")).hasSize(2);
        assertThat(events.get("Attempt").get(0).getString("failure")).isEqualTo("timeout");
        assertThat(events.get("Attempt").get(0).getDuration()).isPositive();
        assertThat(events.get("Attempt").get(1).getInt("status")).isEqualTo(200);
        assertThat(events.get("QueueWait")).hasSize(1);
        assertThat(events.get("QueueWait").get(0).getDuration("waited")).isEqualTo(Duration.ofMillis(21));
        assertThat(events.get("StateChange").get(0).getString("cause")).isEqualTo("failed");
        assertThat(events.get("Reload"))
                .extracting(event -> event.getBoolean("successful"))
                .containsExactly(true, false);
    }

    @Test
    void withoutARecordingAnAttemptIsNoObject() {
        everything();

        assertThat(FlightRecording.attempt("r1", "shop", MEMBER)).isSameAs(FlightRecording.OFF);
    }
}
