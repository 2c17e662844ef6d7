package org.fairlead.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.fairlead.accesslog.Completion.State;
import org.fairlead.counters.FailureKind;
import org.fairlead.http.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code FAIRLEAD_END} and {@code fairlead_json}. */
class TerminationTest {
    private final Termination termination = new Termination();

    private static Completion ending(int status, State state) {
        Completion ending = FakeServed.ending(status);
        return state == State.ABORTED ? ending.broken() : ending;
    }

    @ParameterizedTest(name = "{0}, {1} {2} -> {3}")
    @CsvSource(textBlock = """
            forwarded attempted answered,                                     200, KEPT,    --
            forwarded attempted connect attempted answered,                   200, KEPT,    --
            forwarded attempted answered,                                     500, KEPT,    --
            '',                                                               302, KEPT,    --
            forwarded attempted connect,                                      503, KEPT,    MC
            forwarded attempted tls,                                          502, KEPT,    MC
            forwarded attempted broken attempted connect,                     503, KEPT,    MC
            forwarded attempted ping,                                         503, KEPT,    MS
            forwarded attempted broken,                                       502, KEPT,    MW
            forwarded attempted bad_answer,                                   502, KEPT,    MW
            forwarded attempted timeout,                                      504, KEPT,    LW
            forwarded attempted answered cut,                                 200, ABORTED, MB
            forwarded attempted answered bad_answer,                          502, KEPT,    MB
            forwarded attempted client_body,                                  400, CLOSED,  CS
            forwarded attempted client_body,                                  413, CLOSED,  LS
            forwarded attempted client_body,                                  408, CLOSED,  LS
            forwarded attempted client_gone,                                  200, ABORTED, CW
            forwarded client_gone,                                            200, ABORTED, CQ
            forwarded attempted answered,                                     200, ABORTED, CB
            '',                                                               200, ABORTED, CH
            forwarded no_member,                                              503, KEPT,    FQ
            forwarded queue_full,                                             503, KEPT,    LQ
            refused,                                                          403, KEPT,    FH
            refused,                                                          413, KEPT,    LH
            refused,                                                          429, KEPT,    LH
            """)
    void theLastFailureAndItsPhaseAreTheEnd(String events, int status, State state, String letters) {
        for (String event : events.split(" ")) {
            switch (event) {
                case "" -> {}
                case "forwarded" -> termination.forwarded();
                case "attempted" -> termination.attempted();
                case "answered" -> termination.answered();
                case "refused" -> termination.refused();
                default -> termination.failed(FailureKind.valueOf(event.toUpperCase(Locale.ROOT)));
            }
        }

        assertThat(termination.of(ending(status, state))).isEqualTo(letters);
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void everyKindOfFailureHasItsLetters(FailureKind kind) {
        termination.failed(kind);

        assertThat(termination.of(ending(502, State.KEPT))).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"400, CH", "408, LH", "414, LH", "431, LH", "501, FH", "505, FH"})
    void aHeadThatCannotBeReadEndsInItsPhase(int status, String letters) {
        assertThat(Termination.ofRejected(status)).isEqualTo(letters);
    }

    private static String line(FakeServed served, int status) {
        LogLine line = new LogLine();
        LogFormat.compile("%^js").write(served, FakeServed.ending(status), line);
        return line.toString();
    }

    @Test
    void theJsonLineHasWhatIsKnownAndNoOtherKey() {
        FakeServed served = new FakeServed();
        served.attempts = new Attempts(2, "http://a, http://b", 200, 3_000, 5_000, -1);

        Map<String, Object> json = JsonReader.object(line(served, 200));

        assertThat(json)
                .containsEntry("time", "2026-03-01T09:05:07.004005Z")
                .containsEntry("target", "/a%20b?q=1")
                .containsEntry("members", "http://a, http://b")
                .containsEntry("end", "MW")
                .doesNotContainKeys("user", "referer", "first_byte_us", "member");
        assertThat(json.get("duration_us").toString()).isEqualTo("1234567");
        assertThat(json.get("queue_us").toString()).isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\"b\\c,\"status\":1 | a\"b\\c,\"status\":1",
                "\u00c3\u00a9 | \u00e9",
                "\u00ff\u00fe | \u00ff\u00fe",
                "\u20ac | \u20ac"
            })
    void foreignTextIsEscapedAndStaysInItsKey(String sent, String read) {
        FakeServed served = new FakeServed();
        served.fields.put("User-Agent", sent);

        assertThat(JsonReader.object(line(served, 200))).containsEntry("user_agent", read);
    }

    @Test
    void noByteEndsTheLine() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            all.append(c);
        }
        FakeServed served = new FakeServed();
        served.fields.put("Referer", all.toString());
        String line = line(served, 200);

        assertThat(line.chars().allMatch(c -> c >= ' ' && c < 0x7f || c == '\n'))
                .isTrue();
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        assertThat(JsonReader.object(line)).containsEntry("referer", all.toString());
    }
}
