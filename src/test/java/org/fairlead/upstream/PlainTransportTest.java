package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.fairlead.exchange.ReadinessNotifier;
import org.junit.jupiter.api.Test;

class PlainTransportTest {
    private static final long PLENTY_SECONDS = 60;

    @Test
    void aConnectionThatWasEndedForSilenceSaysSoToWhoeverReadsNext() throws Exception {
        byte[] target = new byte[8];
        try (TimeoutMonitor watch = new TimeoutMonitor(ReadinessNotifier.NONE);
                ServerSocketChannel listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel channel = SocketChannel.open(listener.getLocalAddress())) {
            PlainTransport wire = new PlainTransport(channel, watch);
            wire.limit(Duration.ofDays(1));
            FutureTask<Integer> read = new FutureTask<>(() -> wire.read(target, 0, 8));
            Thread reader = new Thread(read);
            reader.start();
            while (wire.isOpen()) {
                // Nothing, until the reader has begun to wait.
                wire.expire(System.nanoTime() + TimeUnit.DAYS.toNanos(2));
            }
            assertThatThrownBy(() -> read.get(PLENTY_SECONDS, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> wire.readNow(target, 0, 8)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** Says what is ready when the test wants it to. */
    private static final class FakeReadiness implements ReadinessNotifier {
        private Runnable ready = () -> {};
        private int left;
        private boolean refuses;

        @Override
        public boolean watch(SelectableChannel channel, Runnable whom) {
            assertThat(channel.isBlocking()).isFalse();
            ready = whom;
            return !refuses;
        }

        @Override
        public void leave(SelectableChannel channel) {
            left++;
        }
    }

    /** A connection whose member's side the test has. */
    private static final class Pair implements AutoCloseable {
        private final FakeReadiness readiness = new FakeReadiness();
        private final TimeoutMonitor watch = new TimeoutMonitor(readiness);
        private final SocketChannel member;
        private final PlainTransport wire;
        private int heard;

        Pair() throws IOException {
            try (ServerSocketChannel listener =
                    ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                wire = new PlainTransport(SocketChannel.open(listener.getLocalAddress()), watch);
                member = listener.accept();
            }
            wire.limit(Duration.ofDays(1));
        }

        boolean waits() {
            return wire.whenReadable(() -> heard++);
        }

        void says(String text) throws IOException {
            member.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }

        int read() throws IOException {
            return wire.read(new byte[8], 0, 8);
        }

        @Override
        public void close() throws IOException {
            wire.close();
            member.close();
            watch.close();
        }
    }

    @Test
    void whatIsThereAfterAWatchIsReadWithoutLeavingIt() throws Exception {
        try (Pair pair = new Pair()) {
            pair.wire.answerBegins();
            assertThat(pair.wire.isWatchable()).isTrue();
            assertThat(pair.waits()).isTrue();
            pair.says("hello");
            pair.readiness.ready.run();
            pair.readiness.ready.run();
            assertThat(pair.heard).as("told once").isEqualTo(1);
            assertThat(pair.read()).isEqualTo(5);
            assertThat(pair.readiness.left).isZero();
            pair.wire.answerBegins();
            assertThat(pair.wire.isWatchable()).isTrue();
        }
    }

    @Test
    void whoWaitsHimselfTakesItOutOfTheWatch() throws Exception {
        try (Pair pair = new Pair()) {
            pair.wire.answerBegins();
            pair.waits();
            pair.readiness.ready.run();
            FutureTask<Integer> read = new FutureTask<>(pair::read);
            new Thread(read).start();
            pair.says("late");
            assertThat(read.get(PLENTY_SECONDS, TimeUnit.SECONDS)).isPositive();
        }
    }

    @Test
    void afterAnAnswerInPiecesTheNextIsWaitedForAndAfterOneInOneItIsWatchedAgain() throws Exception {
        try (Pair pair = new Pair()) {
            pair.wire.answerBegins();
            for (int piece = 0; piece < 2; piece++) {
                pair.says("piece");
                pair.read();
            }
            pair.wire.answerBegins();
            assertThat(pair.wire.isWatchable()).isFalse();
            pair.says("whole");
            pair.read();
            pair.wire.answerBegins();
            assertThat(pair.wire.isWatchable()).isTrue();
        }
    }

    @Test
    void aSilenceThatIsTooLongIsToldAndReadAsOne() throws Exception {
        try (Pair pair = new Pair()) {
            pair.waits();
            pair.wire.expire(System.nanoTime());
            assertThat(pair.heard).as("within the limit").isZero();
            pair.wire.expire(System.nanoTime() + TimeUnit.DAYS.toNanos(2));
            assertThat(pair.heard).isEqualTo(1);
            assertThatThrownBy(pair::read).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void whatCannotBeWatchedIsReadAsBefore() throws Exception {
        try (Pair pair = new Pair()) {
            pair.readiness.refuses = true;
            assertThat(pair.waits()).isFalse();
            pair.says("hello");
            assertThat(pair.read()).isEqualTo(5);
            pair.wire.expire(System.nanoTime() + TimeUnit.DAYS.toNanos(2));
            assertThat(pair.wire.isOpen()).as("nobody waits any more").isTrue();
            assertThat(pair.heard).isZero();
        }
    }

    @Test
    void withoutSomebodyWhoLooksNothingIsWatched() throws Exception {
        try (TimeoutMonitor watch = new TimeoutMonitor(ReadinessNotifier.NONE);
                SocketChannel channel = SocketChannel.open()) {
            PlainTransport wire = new PlainTransport(channel, watch);
            assertThat(wire.isWatchable()).isFalse();
            wire.close();
        }
    }
}
