package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.fairlead.health.Resolver.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DnsResolverTest {
    private static final int HEADER = 12;
    private static final int NAME_ERROR = 3;

    private DatagramSocket socket;
    private Thread server;
    private DnsResolver resolver;

    @BeforeEach
    void start() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        server = new Thread(this::serve, "name-server");
        server.start();
        resolver = new DnsResolver("dns://127.0.0.1:" + socket.getLocalPort());
    }

    @AfterEach
    void stop() throws InterruptedException {
        socket.close();
        server.join();
    }

    /** Knows one name, {@code _http._tcp.app.test}, and two records of it. */
    private void serve() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            DatagramPacket question = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(question);
                byte[] answer = answer(Arrays.copyOf(buffer, question.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static byte[] answer(byte[] question) throws IOException {
        boolean known =
                new String(question, StandardCharsets.ISO_8859_1).contains("\u0005_http\u0004_tcp\u0003app\u0004test");
        int end = HEADER;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        end += 5;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(question, 0, 2);
        out.writeShort(0x8580 | (known ? 0 : NAME_ERROR));
        out.writeShort(1);
        out.writeShort(known ? 2 : 0);
        out.writeInt(0);
        out.write(question, HEADER, end - HEADER);
        if (known) {
            record(out, 10, 60, 8001, "one");
            record(out, 20, 0, 8002, "TWO");
        }
        return bytes.toByteArray();
    }

    private static void record(DataOutputStream out, int priority, int weight, int port, String host)
            throws IOException {
        out.writeShort(0xC000 | HEADER);
        out.writeShort(33);
        out.writeShort(1);
        out.writeInt(30);
        out.writeShort(6 + 1 + host.length() + 1 + 4 + 1);
        out.writeShort(priority);
        out.writeShort(weight);
        out.writeShort(port);
        out.writeByte(host.length());
        out.writeBytes(host);
        out.writeByte(4);
        out.writeBytes("test");
        out.writeByte(0);
    }

    @Test
    void readsTheRecordsOfAService() throws IOException {
        assertThat(resolver.services("_http._tcp.app.test"))
                .containsExactlyInAnyOrder(new Service(10, 60, "one.test", 8001), new Service(20, 0, "two.test", 8002));
    }

    @Test
    void aNameWithoutRecordsIsAFailureThatNamesIt() {
        assertThatThrownBy(() -> resolver.services("_http._tcp.other.test"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("_http._tcp.other.test");
    }

    @Test
    void anAddressIsAskedOfTheSystem() throws IOException {
        assertThat(resolver.addresses("127.0.0.1")).containsExactly(InetAddress.getByName("127.0.0.1"));
        assertThat(resolver.addresses("localhost")).allMatch(InetAddress::isLoopbackAddress);
    }
}
