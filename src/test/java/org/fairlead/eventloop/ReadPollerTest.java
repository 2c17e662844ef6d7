package org.fairlead.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadPollerTest {
    private final ReadPoller poller = new ReadPoller();
    private final AtomicInteger heard = new AtomicInteger();
    private SocketChannel ours;
    private SocketChannel members;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            ours = SocketChannel.open(listener.getLocalAddress());
            members = listener.accept();
        }
        ours.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        ours.close();
        members.close();
    }

    private void says(String text) throws IOException {
        members.write(ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    private boolean watch() {
        return poller.watch(ours, heard::incrementAndGet);
    }

    private void lookOnce() {
        poller.poll(() -> true);
    }

    private void lookWithoutWaiting() {
        poller.poll(() -> false);
    }

    private int read() throws IOException {
        return ours.read(ByteBuffer.allocate(100));
    }

    @Test
    void whoeverWaitsHearsOnceOfWhatComes() throws IOException {
        assertThat(watch()).isTrue();
        says("hello");
        lookOnce();
        lookWithoutWaiting();
        lookWithoutWaiting();
        assertThat(heard).hasValue(1);
    }

    @Test
    void whatHadComeBeforeIsHeardToo() throws IOException {
        says("hello");
        assertThat(watch()).isTrue();
        lookOnce();
        assertThat(heard).hasValue(1);
    }

    @Test
    void theEndIsHeard() throws IOException {
        watch();
        members.close();
        lookOnce();
        assertThat(heard).hasValue(1);
        assertThat(read()).isEqualTo(-1);
    }

    @Test
    void theSameChannelIsWatchedAgainAndAgain() throws IOException {
        for (int i = 1; i <= 100; i++) {
            assertThat(watch()).isTrue();
            says("hello");
            lookOnce();
            assertThat(heard).hasValue(i);
            assertThat(read()).isEqualTo(5);
        }
    }

    @Test
    void whatNobodyWaitsForIsKeptForTheNextWhoDoes() throws IOException {
        watch();
        says("first");
        lookOnce();
        read();
        says("second");
        // Nobody waits: the kernel is told to be silent about it, so that looking does not turn into a loop.
        lookOnce();
        lookWithoutWaiting();
        assertThat(heard).hasValue(1);

        watch();
        lookOnce();
        assertThat(heard).hasValue(2);
        assertThat(read()).isEqualTo(6);
    }

    @Test
    void aChannelThatHasLeftMayBlock() throws IOException {
        watch();
        poller.leave(ours);
        ours.configureBlocking(true);
        says("hello");
        lookWithoutWaiting();
        assertThat(heard).hasValue(0);
        assertThat(read()).isEqualTo(5);
    }

    @Test
    void aChannelThatHasLeftComesBackOnceSomebodyHasLooked() throws IOException {
        watch();
        poller.leave(ours);
        assertThat(watch()).as("the selector has not yet seen that it left").isFalse();
        lookWithoutWaiting();
        assertThat(watch()).isTrue();
        says("hello");
        lookOnce();
        assertThat(heard).hasValue(1);
    }

    @Test
    void aClosedChannelIsNotWatched() throws IOException {
        ours.close();
        assertThat(watch()).isFalse();
    }

    @Test
    void whoLooksIsWokenForAChannelThatIsNewAndForOneThatIsClosed() throws Exception {
        Thread looking = new Thread(this::lookOnce);
        looking.start();
        while (!poller.wake()) {
            Thread.onSpinWait();
        }
        looking.join();

        watch();
        lookWithoutWaiting();
        Thread again = new Thread(this::lookOnce);
        again.start();
        while (again.getState() != Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        ours.close();
        while (again.isAlive()) {
            // It may not have begun to wait when the channel was closed.
            poller.leave(ours);
            poller.wake();
        }
        again.join();
        assertThat(heard).hasValue(0);
    }
}
