package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientWaitsTest {
    private static final long LATER = TimeUnit.SECONDS.toNanos(5);

    private final ClientWaits.Room room = new ClientWaits.Room(0);
    private final CountDownLatch taken = new CountDownLatch(1);
    private final List<CompletableFuture<Void>> waiting = new CopyOnWriteArrayList<>();

    private record Client(String client, List<String> cuts) implements ClientWaits.Connection {
        @Override
        public void cut() {
            cuts.add(client);
        }
    }

    @AfterEach
    void end() {
        taken.countDown();
        waiting.forEach(wait -> wait.handle((done, failure) -> done).join());
    }

    private static long later() {
        return System.nanoTime() + LATER;
    }

    /** Starts a thread that waits for a client, and returns when it does. */
    private CompletableFuture<Void> stall(ClientWaits waits, ClientWaits.Connection client) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> end = new CompletableFuture<>();
        new Thread(() -> waits.serve(() -> {
                    try {
                        waits.run(client, () -> {
                            begun.countDown();
                            await();
                        });
                        end.complete(null);
                    } catch (IOException e) {
                        end.completeExceptionally(e);
                    }
                }))
                .start();
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        waiting.add(end);
        return end;
    }

    private void await() throws IOException {
        try {
            taken.await();
        } catch (InterruptedException e) {
            throw new IOException("cut", e);
        }
    }

    @Test
    void aThreadThatStallsMakesRoomForAnotherOnceAndTakesItBackAtItsEnd() throws Exception {
        ClientWaits waits = new ClientWaits(room, 10);
        stall(waits, new Client("a", List.of()));
        waits.replace(System.nanoTime() - LATER);
        assertThat(room.availablePermits()).as("it has hardly begun").isZero();
        waits.replace(later());
        waits.replace(later());
        assertThat(room.availablePermits()).isEqualTo(1);
        end();
        assertThat(room.availablePermits()).isZero();
    }

    @Test
    void noMoreAreReplacedThanMayBe() throws Exception {
        ClientWaits waits = new ClientWaits(room, 2);
        for (int i = 0; i < 5; i++) {
            stall(waits, new Client("a", List.of()));
        }
        waits.replace(later());
        assertThat(room.availablePermits()).isEqualTo(2);
    }

    @Test
    void theConnectionThatKeepsMostThreadsWaitingIsCutOnceNoMoreAreReplaced() throws Exception {
        List<String> cuts = new CopyOnWriteArrayList<>();
        ClientWaits waits = new ClientWaits(room, 3);
        Client worst = new Client("worst", cuts);
        stall(waits, new Client("slow", cuts));
        CompletableFuture<Void> first = stall(waits, worst);
        waits.replace(later());
        waits.cutWorst(later());
        assertThat(cuts).as("another thread may be replaced").isEmpty();
        CompletableFuture<Void> second = stall(waits, worst);
        waits.replace(later());
        waits.cutWorst(System.nanoTime());
        assertThat(cuts).as("none has waited for long").isEmpty();
        waits.cutWorst(later());
        assertThat(cuts).containsExactly("worst");
        assertThat(first.handle((done, failure) -> failure).get(60, TimeUnit.SECONDS))
                .hasMessage("cut");
        assertThat(second.handle((done, failure) -> failure).get(60, TimeUnit.SECONDS))
                .hasMessage("cut");
    }

    @Test
    void aThreadThatRequestsDoNotWaitForIsNotReplaced() throws Exception {
        ClientWaits waits = new ClientWaits(room, 3);
        waits.run(new Client("a", List.of()), () -> waits.replace(later()));
        assertThat(room.availablePermits()).isZero();
    }
}
