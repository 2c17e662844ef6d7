package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionCountTest {
    private final AtomicInteger told = new AtomicInteger();

    private void accept(ConnectionCount count, int times) {
        for (int i = 0; i < times; i++) {
            count.accepted();
        }
    }

    @Test
    void theLimitIsToldOnce() {
        ConnectionCount count = new ConnectionCount(3, told::incrementAndGet);
        accept(count, 2);
        assertThat(told).hasValue(0);
        accept(count, 5);
        assertThat(told).hasValue(1);
    }

    @Test
    void noLimitIsNeverTold() {
        accept(new ConnectionCount(0, told::incrementAndGet), 1000);
        assertThat(told).hasValue(0);
    }

    @Test
    void aLimitThatAReloadSetsBelowWhatHasComeIsToldAtTheNextConnection() {
        ConnectionCount count = new ConnectionCount(0, told::incrementAndGet);
        accept(count, 10);
        count.limit(5);
        assertThat(told).hasValue(0);
        accept(count, 1);
        assertThat(told).hasValue(1);
    }
}
