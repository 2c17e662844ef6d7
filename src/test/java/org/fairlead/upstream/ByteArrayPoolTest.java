package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ByteArrayPoolTest {
    private final ByteArrayPool buffers = new ByteArrayPool(100);

    @Test
    void theArrayThatCameBackLastIsLentNext() {
        byte[] first = buffers.lend();
        byte[] second = buffers.lend();
        assertThat(first).hasSize(100).isNotSameAs(second);

        buffers.giveBack(second);
        assertThat(buffers.lend()).isSameAs(second);
    }

    @Test
    void nobodyGetsWhatAnotherHas() {
        Set<byte[]> lent = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 200; i++) {
            assertThat(lent.add(buffers.lend())).isTrue();
        }
        lent.forEach(buffers::giveBack);
        lent.clear();
        for (int i = 0; i < 200; i++) {
            assertThat(lent.add(buffers.lend())).isTrue();
        }
    }

    @Test
    void manyThreadsOneAfterTheOtherTakeNoMoreArraysIntoTheCacheThanThereAreProcessors() throws Exception {
        List<byte[]> many = Stream.generate(buffers::lend).limit(40).toList();
        many.forEach(buffers::giveBack);
        Set<Integer> seen = Collections.synchronizedSet(new HashSet<>());
        for (int i = 0; i < 200; i++) {
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                thread.submit(() -> {
                            byte[] lent = buffers.lend();
                            seen.add(System.identityHashCode(lent));
                            buffers.giveBack(lent);
                        })
                        .get();
            } finally {
                thread.shutdown();
            }
        }
        assertThat(seen).hasSizeLessThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void oneOfAnotherSizeIsNotKept() {
        byte[] other = new byte[99];
        buffers.giveBack(other);
        assertThat(buffers.lend()).hasSize(100);
    }
}
