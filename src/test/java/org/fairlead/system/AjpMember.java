package org.fairlead.system;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.fairlead.system.AjpForwardRequest.Forwarded;

/**
 * A member that speaks AJP and records what it is sent, as requests in HTTP's form: attributes are lines that begin with
 * {@code ajp-}. Its answers are given in HTTP's form too.
 */
final class AjpMember implements Closeable {
    private static final int MOST = 8186;

    private final ServerSocket listener;
    private final Function<WireMessage, String> answer;
    private final List<WireMessage> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private AjpMember(Function<WireMessage, String> answer) throws IOException {
        this.answer = answer;
        listener = new ServerSocket(0, 50, Loopback.address());
    }

    static AjpMember answering(Function<WireMessage, String> answer) throws IOException {
        AjpMember member = new AjpMember(answer);
        Thread acceptor = new Thread(member::accept, "ajp-member");
        acceptor.setDaemon(true);
        acceptor.start();
        return member;
    }

    int port() {
        return listener.getLocalPort();
    }

    List<WireMessage> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread server = new Thread(() -> serve(socket), "ajp-member-connection");
                server.setDaemon(true);
                server.start();
            } catch (IOException e) {
                // The listener was closed: the member ends.
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                byte[] packet = packet(in);
                if (packet[0] == 10) {
                    socket.getOutputStream().write(new byte[] {'A', 'B', 0, 1, 9});
                    continue;
                }
                Forwarded request = AjpForwardRequest.read(packet);
                byte[] body = body(request, in, socket.getOutputStream());
                WireMessage recorded =
                        new WireMessage(packet, request.head(), body, List.of(), WireMessage.Framing.NONE, false);
                requests.add(recorded);
                socket.getOutputStream().write(answer(answer.apply(recorded)));
            }
        } catch (IOException e) {
            // The proxy has gone, or the test is over.
            return;
        }
    }

    private static byte[] packet(DataInputStream in) throws IOException {
        in.readUnsignedShort();
        byte[] packet = new byte[in.readUnsignedShort()];
        in.readFully(packet);
        return packet;
    }

    private static byte[] body(Forwarded request, DataInputStream in, OutputStream out) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean unasked = request.length() > 0;
        while (request.isChunked() || body.size() < request.length()) {
            if (!unasked) {
                out.write(new byte[] {'A', 'B', 0, 3, 6, (byte) (MOST >> 8), (byte) MOST});
            }
            unasked = false;
            byte[] data = packet(in);
            if (data.length <= 2) {
                break;
            }
            body.write(data, 2, data.length - 2);
        }
        return body.toByteArray();
    }

    /** Turns an answer in HTTP's form into packets. */
    private static byte[] answer(String text) {
        int end = text.indexOf("\r\n\r\n");
        List<String> lines = text.substring(0, end).lines().toList();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(4);
        number(head, Integer.parseInt(lines.get(0).split(" ")[1]));
        string(head, "Any");
        number(head, lines.size() - 1);
        for (String line : lines.subList(1, lines.size())) {
            string(head, line.substring(0, line.indexOf(':')));
            string(head, line.substring(line.indexOf(':') + 1).strip());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        packet(out, head.toByteArray());
        byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        if (body.length > 0) {
            ByteArrayOutputStream chunk = new ByteArrayOutputStream();
            chunk.write(3);
            number(chunk, body.length);
            chunk.writeBytes(body);
            chunk.write(0);
            packet(out, chunk.toByteArray());
        }
        packet(out, new byte[] {5, 1});
        return out.toByteArray();
    }

    private static void packet(ByteArrayOutputStream out, byte[] content) {
        out.write('A');
        out.write('B');
        number(out, content.length);
        out.writeBytes(content);
    }

    private static void number(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }

    private static void string(ByteArrayOutputStream out, String text) {
        number(out, text.length());
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        out.write(0);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
