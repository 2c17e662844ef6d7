package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Optional;
import org.fairlead.model.ListenerConfig;
import org.fairlead.model.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InheritedSocketsTest {
    @ParameterizedTest(name = "{0} is handed down, Listen {1}: taken {2}")
    @CsvSource(textBlock = """
            127.0.0.1, 127.0.0.1, true
            127.0.0.1, 127.0.0.2, false
            127.0.0.1, '',        true
            0.0.0.0,   127.0.0.1, true
            0.0.0.0,   '',        true
            ::,        '',        true
            ::,        0.0.0.0,   true
            127.0.0.1, 1::no,       false
            """)
    void aListenerTakesTheSocketOfItsPortIfItsAddressAllows(String held, String address, boolean taken)
            throws IOException {
        try (ServerSocketChannel socket = bound(held, 0)) {
            int port = socket.socket().getLocalPort();
            assertThat(new InheritedSockets(List.of(socket)).at(listener(address, port)))
                    .isEqualTo(taken ? Optional.of(socket) : Optional.empty());
        }
    }

    @Test
    void theSameAddressComesFirst() throws IOException {
        try (ServerSocketChannel one = bound("127.0.0.1", 0);
                ServerSocketChannel two = bound("127.0.0.2", one.socket().getLocalPort())) {
            InheritedSockets sockets = new InheritedSockets(List.of(one, two));
            assertThat(sockets.at(listener("127.0.0.2", two.socket().getLocalPort())))
                    .contains(two);
        }
    }

    @Test
    void anotherPortIsNotTaken() throws IOException {
        try (ServerSocketChannel socket = bound("127.0.0.1", 0)) {
            int other = socket.socket().getLocalPort() == 1 ? 2 : 1;
            assertThat(new InheritedSockets(List.of(socket)).at(listener("", other)))
                    .isEmpty();
        }
    }

    private static ServerSocketChannel bound(String address, int port) throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(address, port));
    }

    private static ListenerConfig listener(String address, int port) {
        return new ListenerConfig(address, port, List.of(), Source.NONE);
    }
}
