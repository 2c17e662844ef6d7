package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.fairlead.exchange.Readiness;
import org.junit.jupiter.api.Test;

class ChannelWireTest {
    private static final long PLENTY_SECONDS = 60;

    @Test
    void aConnectionThatWasEndedForSilenceSaysSoToWhoeverReadsNext() throws Exception {
        byte[] target = new byte[8];
        try (Watch watch = new Watch(Readiness.NONE);
                ServerSocketChannel listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel channel = SocketChannel.open(listener.getLocalAddress())) {
            ChannelWire wire = new ChannelWire(channel, watch);
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
}
