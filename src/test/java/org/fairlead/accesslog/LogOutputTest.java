package org.fairlead.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogOutputTest {
    @TempDir
    Path folder;

    private final AtomicLong clock = new AtomicLong();

    private static LogLine line(String text) {
        return new LogLine().add(text).add('\n');
    }

    /** Keeps what it gets; can be made to hold its breath, or to fail. */
    private static final class Target implements LogTarget {
        private final ByteArrayOutputStream got = new ByteArrayOutputStream();
        private final Semaphore breath = new Semaphore(Integer.MAX_VALUE);
        private final AtomicBoolean full = new AtomicBoolean();
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch abandoned = new CountDownLatch(1);
        private int writes;

        @Override
        public void write(byte[] bytes, int length) throws IOException {
            entered.countDown();
            breath.acquireUninterruptibly();
            if (full.get()) {
                throw new IOException("No space left on device");
            }
            synchronized (this) {
                got.write(bytes, 0, length);
                writes++;
            }
        }

        @Override
        public void close() {}

        @Override
        public void abandon() {
            abandoned.countDown();
            full.set(true);
            breath.release(1_000_000);
        }

        synchronized String text() {
            return got.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void manyThreadsLoseNoLineAndTearNone() throws Exception {
        Target target = new Target();
        LogOutput output = new LogOutput("test", target, false);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            String name = "thread-" + t + "-";
            threads.add(new Thread(() -> {
                for (int i = 0; i < 2000; i++) {
                    output.append(line(name + i));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        output.close();

        assertThat(target.text().lines())
                .hasSize(16_000)
                .doesNotHaveDuplicates()
                .allMatch(l -> l.matches("thread-\\d-\\d+"));
    }

    @Test
    void whileOneThreadWaitsForTheDiskOthersDoNotUntilTooMuchHasComeTogether() throws Exception {
        Target target = new Target();
        target.breath.drainPermits();
        LogOutput output = new LogOutput("test", target, false);
        Thread first = new Thread(() -> output.append(line("first")));
        first.start();
        assertThat(target.entered.await(30, TimeUnit.SECONDS)).isTrue();

        String half = "x".repeat(600_000);
        output.append(line(half));
        Thread third = new Thread(() -> output.append(line(half)));
        third.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> third.getState() == Thread.State.WAITING);

        target.breath.release(1_000_000);
        third.join();
        first.join();
        assertThat(target.text()).hasSize(6 + 2 * 600_001);
    }

    @Test
    void aTargetThatTakesNothingIsAbandonedAndFreesWhatWaitsForIt() throws Exception {
        Target target = new Target();
        target.breath.drainPermits();
        LogOutput output = new LogOutput("test", target, false, Duration.ofMillis(50));
        String half = "x".repeat(600_000);
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> output.append(line(half)));
            thread.start();
            waiting.add(thread);
        }
        assertThat(target.entered.await(30, TimeUnit.SECONDS)).isTrue();

        output.close();

        assertThat(target.abandoned.await(30, TimeUnit.SECONDS)).isTrue();
        for (Thread thread : waiting) {
            thread.join();
        }
        output.append(line("late"));
        assertThat(target.text()).isEmpty();
    }

    @Test
    void aProgramThatReadsNothingIsEndedWithItsLog() throws Exception {
        LogProgram program = LogProgram.start(List.of("/bin/sleep", "1000"), clock::get);
        LogOutput output = new LogOutput("test", program, false, Duration.ofMillis(200));
        Thread writer = new Thread(() -> output.append(line("x".repeat(600_000))));
        writer.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> writer.getState() == Thread.State.RUNNABLE);

        output.close();

        writer.join();
        await().atMost(Duration.ofSeconds(30)).until(() -> !program.isRunning());
    }

    @Test
    void aFullDiskCostsLinesAndNoRequest() {
        Target target = new Target();
        LogOutput output = new LogOutput("test", target, false);
        target.full.set(true);
        output.append(line("lost"));
        output.append(line("lost too"));
        target.full.set(false);
        output.append(line("kept"));

        assertThat(target.text()).isEqualTo("kept\n");
    }

    @Test
    void bufferedLinesWaitForOneAnotherAndAreWrittenAtTheEnd() {
        Target target = new Target();
        LogOutput output = new LogOutput("test", target, true);
        output.append(line("one"));
        assertThat(target.text()).isEmpty();
        output.append(line("x".repeat(4096)));
        assertThat(target.writes).isEqualTo(1);
        output.append(line("last"));
        output.close();

        assertThat(target.text()).endsWith("x\nlast\n");
    }

    private static void write(LogTarget target, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        target.write(bytes, bytes.length);
    }

    @Test
    void aFileThatWasRenamedIsOpenedAnewWithinASecond() throws IOException {
        Path path = folder.resolve("access.log");
        LogFile file = LogFile.open(path, clock::get);
        write(file, "one\n");
        Files.move(path, folder.resolve("access.log.1"));
        write(file, "two\n");
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        write(file, "three\n");
        file.close();

        assertThat(folder.resolve("access.log.1")).hasContent("one\ntwo");
        assertThat(path).hasContent("three");
    }

    @Test
    void aFileThatWasTruncatedInItsPlaceGoesOnAtItsNewEnd() throws IOException {
        Path path = folder.resolve("access.log");
        LogFile file = LogFile.open(path, clock::get);
        write(file, "one\n");
        Files.newByteChannel(path, StandardOpenOption.WRITE).truncate(0).close();
        write(file, "two\n");
        file.close();

        assertThat(Files.readString(path)).isEqualTo("two\n");
    }

    @Test
    void aMovedFileWhoseFolderIsGoneKeepsTheLines() throws IOException {
        Path sub = Files.createDirectory(folder.resolve("logs"));
        LogFile file = LogFile.open(sub.resolve("access.log"), clock::get);
        Files.move(sub, folder.resolve("old"));
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        write(file, "one\n");
        file.close();

        assertThat(folder.resolve("old/access.log")).hasContent("one");
    }

    @Test
    void aLineThatComesAfterItsLogWasClosedIsWrittenAllTheSame() throws IOException {
        LogFile file = LogFile.open(folder.resolve("access.log"), clock::get);
        file.close();
        write(file, "late\n");

        assertThat(folder.resolve("access.log")).hasContent("late");
    }

    @Test
    void aDeviceThatIsFullSaysSo() throws IOException {
        LogFile file = LogFile.open(Path.of("/dev/full"), clock::get);

        assertThatThrownBy(() -> write(file, "one\n")).isInstanceOf(IOException.class);
        file.close();
    }

    @Test
    void aProgramReadsTheLinesAndHasTimeToWriteThem() throws IOException {
        Path copy = folder.resolve("copy");
        LogProgram program = LogProgram.start(List.of("/bin/sh", "-c", "cat > " + copy), clock::get);
        write(program, "one\n");
        write(program, "two\n");
        program.close();

        assertThat(copy).hasContent("one\ntwo");
    }

    @Test
    void aProgramThatHasEndedIsStartedAgainButNotInALoop() throws IOException {
        Path copy = folder.resolve("copy");
        LogProgram program = LogProgram.start(List.of("/bin/sh", "-c", "head -n 1 >> " + copy), clock::get);
        write(program, "one\n");
        await().atMost(Duration.ofSeconds(30)).until(() -> !program.isRunning());
        assertThatThrownBy(() -> write(program, "lost\n")).isInstanceOf(IOException.class);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        write(program, "two\n");
        program.close();

        assertThat(copy).hasContent("one\ntwo");
    }
}
