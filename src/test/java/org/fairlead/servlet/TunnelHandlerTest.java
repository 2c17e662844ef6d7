package org.fairlead.servlet;

import static org.assertj.core.api.Assertions.assertThatCode;
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
import java.io.InputStream;
import java.io.OutputStream;
import org.fairlead.exchange.Tunnel;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class TunnelHandlerTest {
    private final WebConnection connection = mock(WebConnection.class);
    private final ServletOutputStream out = mock(ServletOutputStream.class);

    /** Keeps what it was given. */
    private static final class Kept implements Tunnel {
        private OutputStream toClient = OutputStream.nullOutputStream();
        private Runnable closed = () -> {};

        @Override
        public void start(InputStream fromClient, OutputStream to, Runnable whenClosed) {
            toClient = to;
            closed = whenClosed;
        }

        @Override
        public void close() {
            closed.run();
        }
    }

    @Test
    void aTunnelThatTheMemberEndsAsksTheContainerForOneLastEventAndClosesInIt() throws Exception {
        when(connection.getInputStream()).thenReturn(mock(ServletInputStream.class));
        when(connection.getOutputStream()).thenReturn(out);
        doNothing().doThrow(new IllegalArgumentException("twice")).when(out).setWriteListener(any());
        TunnelHandler handler = new TunnelHandler();
        Kept tunnel = new Kept();
        handler.carry(tunnel);
        handler.init(connection);

        tunnel.toClient.close();
        assertThatCode(tunnel.closed::run).doesNotThrowAnyException();

        ArgumentCaptor<WriteListener> listener = ArgumentCaptor.forClass(WriteListener.class);
        verify(out).setWriteListener(listener.capture());
        listener.getValue().onWritePossible();
        verify(connection).close();
    }

    @Test
    void aContainerThatGivesNoFurtherEventLosesTheConnectionAtOnce() throws Exception {
        when(connection.getInputStream()).thenReturn(mock(ServletInputStream.class));
        when(connection.getOutputStream()).thenReturn(out);
        doThrow(new IllegalStateException("over")).when(out).setWriteListener(any());
        TunnelHandler handler = new TunnelHandler();
        Kept tunnel = new Kept();
        handler.carry(tunnel);
        handler.init(connection);

        tunnel.closed.run();

        verify(connection).close();
    }
}
