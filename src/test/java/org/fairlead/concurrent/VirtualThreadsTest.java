package org.fairlead.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VirtualThreadsTest {
    private static final boolean THERE = Runtime.version().feature() >= 21;
    private static final long PLENTY_SECONDS = 60;

    @Test
    void areThereFromJava21On() {
        assertThat(VirtualThreads.numbered("some").isPresent()).isEqualTo(THERE);
        assertThat(VirtualThreads.called("one").isPresent()).isEqualTo(THERE);
        assertThat(VirtualThreads.forEachTask("task").isPresent()).isEqualTo(THERE);
    }

    @Test
    void haveTheNamesThatWereAskedFor() throws Exception {
        assumeThat(THERE).isTrue();
        ThreadFactory some = VirtualThreads.numbered("some").orElseThrow();
        ThreadFactory one = VirtualThreads.called("one").orElseThrow();
        assertThat(List.of(run(some), run(some), run(one), run(one)))
                .containsExactly("some-0 true", "some-1 true", "one true", "one true");
    }

    @Test
    void eachTaskHasOneOfItsOwn() throws Exception {
        assumeThat(THERE).isTrue();
        ExecutorService tasks = VirtualThreads.forEachTask("task").orElseThrow();
        Future<Thread> first = tasks.submit(Thread::currentThread);
        Future<Thread> second = tasks.submit(Thread::currentThread);
        tasks.shutdown();
        Thread thread = first.get(PLENTY_SECONDS, TimeUnit.SECONDS);
        assertThat(thread.getName()).isEqualTo("task");
        assertThat(second.get(PLENTY_SECONDS, TimeUnit.SECONDS)).isNotSameAs(thread);
    }

    /** Returns what the thread was called, and whether it is virtual. */
    private static String run(ThreadFactory factory) throws Exception {
        List<String> seen = new ArrayList<>();
        Thread thread = factory.newThread(() -> seen.add(Thread.currentThread().getName()));
        thread.start();
        thread.join(TimeUnit.SECONDS.toMillis(PLENTY_SECONDS));
        return String.join(",", seen) + " "
                + Thread.class.getMethod("isVirtual").invoke(thread);
    }
}
