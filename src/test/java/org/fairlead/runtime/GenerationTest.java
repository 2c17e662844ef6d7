package org.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.fairlead.operations.RequestRecorder;
import org.fairlead.operations.TrafficRegistry;
import org.junit.jupiter.api.Test;

class GenerationTest {
    private final AtomicInteger closed = new AtomicInteger();
    private final Generation generation = new Generation(
            null, null, new Generation.Parts(null, List.of(), List.of(), new TrafficRegistry(), new RequestRecorder()));

    @Test
    void closesAtOnceWhenNobodyUsesIt() {
        generation.retire(closed::incrementAndGet);

        assertThat(closed).hasValue(1);
    }

    @Test
    void waitsForItsLastRequest() {
        assertThat(generation.pin()).isTrue();
        assertThat(generation.pin()).isTrue();
        generation.retire(closed::incrementAndGet);
        generation.release();
        assertThat(closed).hasValue(0);

        generation.release();

        assertThat(closed).hasValue(1);
    }

    @Test
    void takesNoNewRequestOnceRetired() {
        generation.pin();
        generation.retire(closed::incrementAndGet);

        assertThat(generation.pin()).isFalse();
        assertThat(closed).hasValue(0);
    }
}
