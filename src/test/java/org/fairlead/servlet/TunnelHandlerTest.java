package org.fairlead.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.fairlead.exchange.Tunnel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class TunnelHandlerTest {
    private final WebConnection connection = mock(WebConnection.class);
    private final ServletOutputStream output = mock(ServletOutputStream.class);
    private final StartedTunnel tunnel = new StartedTunnel();

    /** Keeps what it was started with. */
    private static final class StartedTunnel implements Tunnel {
        private OutputStream toClient;
        private Runnable closed;
        private boolean ended;

        @Override
        public void start(InputStream fromClient, OutputStream newToClient, Runnable newClosed) {
            toClient = newToClient;
            closed = newClosed;
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
