package org.fairlead.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.fairlead.operations.ActiveRequests.ActiveRequest;
import org.fairlead.operations.EventLog.Event;
import org.fairlead.operations.EventLog.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The two bounded lists that readers may look into at any time: latest events, requests under way. */
@Timeout(60)
class EventLogTest {
    private final EventLog log = new EventLog();
    private final ActiveRequests active = new ActiveRequests();

    private List<Long> ids(long since) {
        return log.since(since).stream().map(Event::id).toList();
    }

    private void add(int times) {
        for (int i = 0; i < times; i++) {
            log.add(Kind.MEMBER, "object", "text");
        }
    }

    @Test
    void eventsAreNumberedAndReadFromAnyNumberOn() {
        assertThat(ids(0)).isEmpty();
        add(3);

        assertThat(ids(0)).containsExactly(1L, 2L, 3L);
        assertThat(ids(2)).containsExactly(3L);
        assertThat(ids(3)).isEmpty();
        assertThat(ids(99)).isEmpty();
        assertThat(log.last()).isEqualTo(3);
    }

    @Test
    void theOldestAreOverwritten() {
        add(EventLog.MAX_KEPT + 5);

        assertThat(ids(0)).hasSize(EventLog.MAX_KEPT).startsWith(6L);
    }

    @Test
    void noEventOfManyThreadsIsLost() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> add(200)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(ids(0)).hasSize(800).isSorted();
    }

    private static ActiveRequest request(String id, long start) {
        return new ActiveRequest() {
            @Override
            public long startNanos() {
                return start;
            }

            @Override
            public Optional<RequestSnapshot> snapshot() {
                return Optional.of(new RequestSnapshot(
                        id, java.time.Duration.ZERO, "GET", "/", "", "", "", "", 0, RequestPhase.HEAD));
            }
        };
    }

    @Test
    void theOldestRequestsAreListedFirstAndGoWhenTheyEnd() {
        long now = System.nanoTime();
        active.enter(request("b", now - 10));
        int slot = active.enter(request("a", now - 20));
        active.enter(request("c", now));

        assertThat(active.oldest(2)).extracting(RequestSnapshot::id).containsExactly("a", "b");
        active.leave(slot);
        assertThat(active.oldest(9)).extracting(RequestSnapshot::id).containsExactly("b", "c");
    }

    @Test
    void aRequestThatFindsNoSlotIsServedUnlisted() {
        int listed = 0;
        int slot = active.enter(request("x", 0));
        while (slot != ActiveRequests.UNLISTED) {
            listed++;
            slot = active.enter(request("x", 0));
        }
        active.leave(slot);

        assertThat(active.oldest(Integer.MAX_VALUE)).hasSize(listed);
    }

    @Test
    void manyThreadsEnterAndLeave() throws Exception {
        CountDownLatch done = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            new Thread(() -> {
                        for (int j = 0; j < 10_000; j++) {
                            active.leave(active.enter(request("x", j)));
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();

        assertThat(active.oldest(9)).isEmpty();
    }
}
