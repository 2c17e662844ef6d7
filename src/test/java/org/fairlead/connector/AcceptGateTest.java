package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcceptGateTest {
    private static final long PATIENCE_MILLIS = 20_000;

    private final List<SocketChannel> clients = new ArrayList<>();
    private ServerSocketChannel socket;

    @BeforeEach
    void listen() throws IOException {
        socket = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void end() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
        socket.close();
    }

    private int connect() throws IOException {
        SocketChannel client = SocketChannel.open(socket.getLocalAddress());
        clients.add(client);
        return client.socket().getLocalPort();
    }

    /** The acceptor's part: the ports of the clients whom it was given, until the end. */
    private static CompletableFuture<List<Integer>> acceptor(AcceptGate door) {
        return CompletableFuture.supplyAsync(
                () -> {
                    List<Integer> taken = new ArrayList<>();
                    try {
                        for (SocketChannel next = door.next(); next != null; next = door.next()) {
                            taken.add(next.socket().getPort());
                            next.close();
                        }
                    } catch (IOException e) {
                        Assertions.fail(e);
                    }
                    return taken;
                },
                task -> new Thread(task, "acceptor").start());
    }

    @Test
    void clientsWaitAtAShutDoorAndComeInByTheirOrderWhenItOpens() throws Exception {
        AcceptGate door = new AcceptGate(socket);
        CompletableFuture<List<Integer>> acceptor = acceptor(door);
        List<Integer> ports = List.of(connect(), connect());
        door.open();
        assertThat(door.leave(true, PATIENCE_MILLIS)).isTrue();
        door.close(true);
        assertThat(acceptor.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(ports);
        assertThat(socket.isOpen()).isFalse();
    }

    @Test
    void whoLeavesASocketToOthersTakesNobodyMore() throws Exception {
        AcceptGate first = new AcceptGate(socket);
        CompletableFuture<List<Integer>> leaving = acceptor(first);
        first.open();
        int early = connect();
        AcceptGate second = new AcceptGate(socket);
        CompletableFuture<List<Integer>> staying = acceptor(second);
        assertThat(first.leave(false, PATIENCE_MILLIS)).isTrue();
        int late = connect();
        second.open();
        first.close(false);
        List<Integer> taken = new ArrayList<>(leaving.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        assertThat(second.leave(true, PATIENCE_MILLIS)).isTrue();
        second.close(true);
        assertThat(taken).doesNotContain(late);
        taken.addAll(staying.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        assertThat(taken).containsExactly(early, late);
    }

    @Test
    void aDoorThatNobodyStandsAtTellsThatItWasNotLeft() throws Exception {
        AcceptGate door = new AcceptGate(socket);
        assertThat(door.leave(true, 1)).isFalse();
        door.close(false);
        assertThat(door.next()).isNull();
        assertThat(socket.isOpen()).isTrue();
    }

    @Test
    void anAcceptorIsLetGoEvenIfTheDoorWasNeverOpened() throws Exception, TimeoutException {
        AcceptGate door = new AcceptGate(socket);
        CompletableFuture<List<Integer>> acceptor = acceptor(door);
        connect();
        door.end();
        assertThat(acceptor.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEmpty();
        door.close(true);
    }
}
