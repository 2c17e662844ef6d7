package org.fairlead.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutOfMemoryTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new OutOfMemoryError("Java heap space"), true),
                Arguments.of(new OutOfMemoryError("GC overhead limit exceeded"), true),
                Arguments.of(new OutOfMemoryError(), true),
                Arguments.of(new IllegalStateException(new OutOfMemoryError("Java heap space")), true),
                Arguments.of(new OutOfMemoryError("unable to create native thread"), false),
                Arguments.of(new OutOfMemoryError("Requested array size exceeds VM limit"), false),
                Arguments.of(new StackOverflowError(), false),
                Arguments.of(new IOException("no space left"), false));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void onlyAHeapThatIsFullEndsTheProcess(Throwable failure, boolean ends) {
        assertThat(OutOfMemory.isOutOfMemory(failure)).isEqualTo(ends);
    }

    /** A program whose thread fills the heap while its main thread would live on. */
    static final class Filling {
        public static void main(String[] arguments) throws InterruptedException {
            OutOfMemory.endsProcess();
            Thread filling = new Thread(() -> fill(new java.util.ArrayList<>()));
            filling.start();
            Thread.currentThread().join();
        }

        private static void fill(List<byte[]> kept) {
            while (true) {
                kept.add(new byte[1 << 20]);
            }
        }
    }

    @Test
    void aThreadThatMeetsItEndsTheProcessAndSaysSo() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Filling.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).isEqualTo(OutOfMemory.EXIT_CODE);
            assertThat(output).contains("out of memory, the process ends (exit 3)");
        } finally {
            process.destroyForcibly();
        }
    }
}
