package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatTest {
    @ParameterizedTest(name = "{0}: ready {1}, busy {2}")
    @CsvSource({
        "v=1&ready=75&busy=0,        75, 0",
        "ready=75&busy=25,           75, 25",
        "busy=1&ready=0,             0,  1",
        "v=1&ready=1&busy=2&load=80, 1,  2",
        "'v=1&ready=1&busy=2\n',     1,  2"
    })
    void readsWhatModHeartbeatSends(String text, int ready, int busy) {
        assertThat(Heartbeat.parse(text)).isEqualTo(new Heartbeat(ready, busy, OptionalInt.empty()));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "v=1",
                "ready=1",
                "busy=1",
                "v=2&ready=1&busy=1",
                "v=1&ready=-1&busy=1",
                "v=1&ready=x&busy=1",
                "v=1&ready=&busy=1",
                "v=1&ready&busy=1",
                "v=1&ready=99999999999&busy=1",
                "v=1&ready=+1&busy=1",
                "v=1&ready=\u0661&busy=1"
            })
    void refusesWhatIsNoReport(String text) {
        assertThatThrownBy(() -> Heartbeat.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("heartbeat")
                .hasMessageEndingWith("(expected: v=1&ready=N&busy=N)");
    }

    @ParameterizedTest
    @ValueSource(ints = {257, 1_000_000})
    void refusesAFloodUnread(int length) {
        assertThatThrownBy(() -> Heartbeat.parse("&".repeat(length)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(length + " characters");
    }
}
