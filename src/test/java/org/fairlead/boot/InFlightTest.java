package org.fairlead.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InFlightTest {
    @ParameterizedTest(name = "{0} answers a processor awaited, processors busy: {1}, members answer: {2}: {3}")
    @CsvSource(textBlock = """
            15,   true,  true,  false
            16,   true,  true,  true
            1000, true,  true,  true
            1000, false, true,  false
            1000, true,  false, false
            """)
    void clientsAreHeldBackWhileManyAnswersComeAndProcessorsAreShort(
            int each, boolean saturated, boolean membersTalk, boolean held) {
        InFlight requests = new InFlight(1_000_000);
        for (int i = 0; i < each * Runtime.getRuntime().availableProcessors(); i++) {
            requests.enter();
        }
        requests.membersTalk(membersTalk);
        assertThat(requests.comeFirst(saturated)).isEqualTo(held);
    }

    @Test
    void thereAreNoMoreThanThereMayBe() {
        InFlight requests = new InFlight(1);
        assertThat(requests.enter()).isTrue();
        assertThat(requests.enter()).isFalse();
        requests.leave();
        assertThat(requests.enter()).isTrue();
    }
}
