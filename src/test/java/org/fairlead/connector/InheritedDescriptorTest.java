package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InheritedDescriptorTest {
    @ParameterizedTest(name = "LISTEN_PID={0} LISTEN_FDS={1} LISTEN_FDNAMES={2}: {3}")
    @CsvSource(nullValues = "-", textBlock = """
            7, 2, http:https, [http (3); https (4)]
            7, 2, http,       [http (3); unknown (4)]
            7, 1, '',         [unknown (3)]
            7, 1, -,          [unknown (3)]
            7, 0, '',         []
            8, 2, http:https, []
            -, 2, http:https, []
            7, -, http:https, []
            """)
    void theEnvironmentSaysWhatWasHandedToThisProcess(String pid, String count, String names, String expected) {
        Map<String, String> environment = new HashMap<>();
        environment.put("LISTEN_PID", pid);
        environment.put("LISTEN_FDS", count);
        environment.put("LISTEN_FDNAMES", names);
        environment.values().removeIf(value -> value == null);
        assertThat(InheritedDescriptor.in(environment, 7).toString().replace(',', ';'))
                .isEqualTo(expected);
    }

    @Test
    void whatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> InheritedDescriptor.in(Map.of("LISTEN_PID", "7", "LISTEN_FDS", "-1"), 7))
                .hasMessage("LISTEN_FDS: '-1' (expected: a number)");
    }

    @Test
    void withoutTheManifestsLeaveNothingIsTakenOver() {
        assertThat(InheritedSockets.takeOver(List.of(new InheritedDescriptor(3, "http"))))
                .isEmpty();
    }
}
