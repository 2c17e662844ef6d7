package org.fairlead.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.fairlead.exchange.Tunnel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.ArgumentCaptor;

class TunnelHandlerTest {
    private final WebConnection connection = mock(WebConnection.class);
    private final ServletOutputStream output = mock(ServletOutputStream.class);
    private final StartedTunnel tunnel = new StartedTunnel();

    /** Keeps what it was started with. */
    private static final class StartedTunnel implements Tunnel {
        private InputStream fromClient;
        private OutputStream toClient;
        private Runnable closed;
        private boolean ended;

        @Override
        public void start(InputStream newFromClient, OutputStream newToClient, Runnable newClosed) {
            fromClient = newFromClient;
            toClient = newToClient;
            closed = newClosed;
        }

        @Override
        public void finish(Duration longest) {
            close();
        }

        @Override
        public void close() {
            ended = true;
        }
    }

    @BeforeEach
    void start() throws IOException {
        when(connection.getInputStream()).thenReturn(mock(ServletInputStream.class));
        when(connection.getOutputStream()).thenReturn(output);
        TunnelHandler handler = new TunnelHandler();
        handler.carry(tunnel);
        handler.init(connection);
    }

    @Test
    void asksForAnEventToCloseInOnceHoweverOftenTheTunnelEnds() throws Exception {
        // As Tomcat does with the second listener of a connection.
        doNothing()
                .doThrow(new IllegalArgumentException("more than once"))
                .when(output)
                .setWriteListener(any());
        tunnel.toClient.close();
        tunnel.closed.run();
        tunnel.closed.run();
        ArgumentCaptor<WriteListener> listener = ArgumentCaptor.forClass(WriteListener.class);
        verify(output).setWriteListener(listener.capture());
        listener.getValue().onWritePossible();
        verify(connection).close();
    }

    /** As in Tomcat: whoever waits is not told of a close, and finds out when something else wakes him. */
    private static final class Forgetful extends ServletInputStream {
        private final Object bytes = new Object();
        private final CountDownLatch waiting = new CountDownLatch(1);
        private boolean closed;
        private int wakes;

        @Override
        public void close() {
            synchronized (bytes) {
                closed = true;
            }
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            synchronized (bytes) {
                while (!closed) {
                    waiting.countDown();
                    try {
                        bytes.wait();
                    } catch (InterruptedException e) {
                        wakes++;
                    }
                }
            }
            throw new ClosedChannelException();
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    @Timeout(30)
    void endsAReadOfAClosedConnectionAndNoneBeforeTheContainerIsToClose() throws Exception {
        Forgetful input = new Forgetful();
        when(connection.getInputStream()).thenReturn(input);
        TunnelHandler handler = new TunnelHandler();
        handler.carry(tunnel);
        handler.init(connection);
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return "read " + tunnel.fromClient.read(new byte[8]);
            } catch (IOException e) {
                return e.getClass().getSimpleName() + (Thread.interrupted() ? ", interrupted" : "");
            }
        });
        input.waiting.await();
        tunnel.toClient.close();
        tunnel.toClient.close();
        ArgumentCaptor<WriteListener> listener = ArgumentCaptor.forClass(WriteListener.class);
        verify(output).setWriteListener(listener.capture());
        synchronized (input.bytes) {
            assertThat(input.wakes).isZero();
        }

        listener.getValue().onWritePossible();
        // Tomcat closes when the event is over: who is woken before that waits again.
        tunnel.toClient.close();
        await().untilAsserted(() -> {
            synchronized (input.bytes) {
                assertThat(input.wakes).isEqualTo(1);
            }
        });
        input.close();
        tunnel.toClient.close();
        assertThat(read.get()).isEqualTo("ClosedChannelException");
    }

    @Test
    void closesAtOnceWhereNoEventCanBeHad() throws Exception {
        doThrow(new IllegalStateException("closed")).when(output).setWriteListener(any());
        tunnel.closed.run();
        verify(connection).close();
    }

    @Test
    void endsTheTunnelOfAClientThatLeftBeforeItBegan() throws IOException {
        StartedTunnel never = new StartedTunnel();
        when(connection.getInputStream()).thenThrow(new IOException("gone"));
        TunnelHandler handler = new TunnelHandler();
        handler.carry(never);
        handler.init(connection);
        assertThat(never.ended).isTrue();
        assertThat(never.closed).isNull();
    }
}
