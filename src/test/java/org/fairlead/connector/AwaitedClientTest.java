package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwaitedClientTest {
    private static final AwaitedClient.Source SILENT = target -> 0;
    private static final AwaitedClient.Source ENDED = target -> -1;
    private static final AwaitedClient.Source BROKEN = target -> {
        throw new IOException("reset");
    };

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AwaitedClient client = new AwaitedClient();
    private final AtomicInteger left = new AtomicInteger();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private static AwaitedClient.Source sending(String text) {
        return target -> {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            target.put(bytes);
            return bytes.length;
        };
    }

    private String read(int room) {
        ByteBuffer target = ByteBuffer.allocate(room);
        int n = client.take(target);
        return new String(target.array(), 0, n, StandardCharsets.US_ASCII);
    }

    @Test
    void aBrokenConnectionIsToldAtOnceAndOnce() {
        client.begin(left::incrementAndGet);

        assertThat(client.look(BROKEN, timer)).isFalse();
        assertThat(client.look(BROKEN, timer)).isFalse();

        assertThat(left).hasValue(1);
    }

    @Test
    void aClientThatHasEndedItsSideHasSomeTimeLeft() {
        client.begin(left::incrementAndGet);

        assertThat(client.look(ENDED, timer)).isFalse();

        assertThat(left).hasValue(0);
        await().untilAtomic(left, org.hamcrest.Matchers.is(1));
    }

    @Test
    void nothingIsToldOnceTheResponseIsThere() throws Exception {
        client.begin(left::incrementAndGet);
        client.look(ENDED, timer);
        client.end();
        AtomicInteger next = new AtomicInteger();
        client.begin(next::incrementAndGet);

        timer.schedule(() -> {}, 2 * AwaitedClient.GRACE_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS)
                .get();

        assertThat(left).hasValue(0);
        assertThat(next).hasValue(0);
    }

    @Test
    void whatComesMeanwhileIsKeptForTheNextReaderAndNothingIsReadBehindIt() {
        client.begin(left::incrementAndGet);

        assertThat(client.look(SILENT, timer)).as("goes on looking").isTrue();
        assertThat(client.look(sending("GET /b"), timer)).isFalse();
        assertThat(client.look(ENDED, timer)).isFalse();
        client.end();

        assertThat(client.isAhead()).isTrue();
        assertThat(read(4)).isEqualTo("GET ");
        assertThat(read(9)).isEqualTo("/b");
        assertThat(client.isAhead()).isFalse();
        assertThat(read(9)).isEmpty();
    }

    @Test
    void nothingIsReadWhileNobodyWaits() {
        assertThat(client.look(BROKEN, timer)).isFalse();
        assertThat(client.look(sending("x"), timer)).isFalse();

        assertThat(client.isAhead()).isFalse();
        assertThat(left).hasValue(0);
    }

    @Test
    void anIdleConnectionIsHeardWhereBytesHaveCome() {
        assertThat(client.isHeard(SILENT)).isFalse();
        assertThat(client.isHeard(ENDED)).isFalse();
        assertThat(client.isHeard(BROKEN)).isFalse();
        assertThat(client.isHeard(sending("G"))).isTrue();
        assertThat(client.isHeard(BROKEN)).as("still").isTrue();
        assertThat(read(5)).isEqualTo("G");
    }
}
