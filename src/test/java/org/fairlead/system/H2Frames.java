package org.fairlead.system;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A client that writes HTTP/2 frames as a test wants them (prior knowledge, no TLS), right or wrong. */
final class H2Frames implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private static final int TIMEOUT_MILLIS = 15_000;

    private final Socket socket;
    private final DataInputStream in;

    /** What has come before the answer to a {@link #ping}. */
    private final Deque<Frame> early = new ArrayDeque<>();

    private H2Frames(Socket socket, byte[] settings, byte[] first) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        ByteArrayOutputStream begin = new ByteArrayOutputStream();
        begin.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        begin.writeBytes(frame(SETTINGS, 0, 0, settings));
        begin.writeBytes(first);
        write(begin.toByteArray());
    }

    static H2Frames to(int port) throws IOException {
        return beginningWith(port, new byte[0]);
    }

    /** @param first frames that are sent in one piece with the connection's beginning */
    static H2Frames beginningWith(int port, byte[] first) throws IOException {
        return new H2Frames(new Socket(Loopback.address(), port), new byte[0], first);
    }

    /** A client that takes nothing of any answer: SETTINGS_INITIAL_WINDOW_SIZE is 0. */
    static H2Frames takingNothing(int port) throws IOException {
        return new H2Frames(new Socket(Loopback.address(), port), new byte[] {0, 4, 0, 0, 0, 0}, new byte[0]);
    }

    /** @param payload its first byte or the header block's first byte tells what is in it */
    record Frame(int type, int flags, int stream, byte[] payload) {}

    H2Frames send(int type, int flags, int stream, byte[] payload) throws IOException {
        return write(frame(type, flags, stream, payload));
    }

    /** Writes frames, or what looks like them, in one piece. */
    H2Frames write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Returns when the server has read all that was sent before. */
    void ping() throws IOException {
        send(PING, 0, 0, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        while (true) {
            Frame frame = readNext();
            if (frame.type == PING && frame.flags == 1) {
                return;
            }
            early.add(frame);
        }
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(payload.length >> 16);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        for (int shift = 24; shift >= 0; shift -= 8) {
            frame.write(stream >> shift);
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** Encodes names and values in turn, literally, without Huffman or an index (RFC 7541 6.2.2). */
    static byte[] block(String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            string(block, fields[i]);
            string(block, fields[i + 1]);
        }
        return block.toByteArray();
    }

    private static void string(ByteArrayOutputStream block, String text) {
        if (text.length() > 126) {
            throw new IllegalArgumentException("too long for one length byte: " + text);
        }
        block.write(text.length());
        block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads up to the frame that ends a stream or the connection: RST_STREAM, GOAWAY, or the head of an answer.
     *
     * @throws EOFException or {@link SocketException} if the connection ends instead
     */
    Frame readVerdict() throws IOException {
        while (true) {
            Frame frame = read();
            if (frame.type == RST_STREAM || frame.type == GOAWAY || frame.type == HEADERS) {
                return frame;
            }
        }
    }

    /** Reads the next frame, whatever it is. */
    Frame read() throws IOException {
        Frame before = early.poll();
        return before == null ? readNext() : before;
    }

    private Frame readNext() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        return new Frame(in.readUnsignedByte(), in.readUnsignedByte(), in.readInt(), in.readNBytes(length));
    }

    /**
     * Reads all up to the connection's end, and tells what came: the type of each frame that concerns a stream, with the
     * stream, and GOAWAY with the last stream and the code in it.
     */
    List<String> readToEnd() throws IOException {
        return readUntilReset(0);
    }

    /** As {@link #readToEnd}, but up to RST_STREAM for this stream. */
    List<String> readUntilReset(int stream) throws IOException {
        List<String> told = new ArrayList<>();
        while (true) {
            Frame frame;
            try {
                frame = read();
            } catch (EOFException e) {
                return told;
            }
            if (frame.type == RST_STREAM && frame.stream == stream) {
                return told;
            }
            String end = (frame.flags & END_STREAM) == 0 ? "" : " end";
            switch (frame.type) {
                case HEADERS -> told.add("HEADERS " + frame.stream + end);
                case DATA -> told.add("DATA " + frame.stream + end);
                case RST_STREAM -> told.add("RST_STREAM " + frame.stream);
                case GOAWAY -> {
                    ByteBuffer words = ByteBuffer.wrap(frame.payload);
                    told.add("GOAWAY " + words.getInt() + " " + words.getInt());
                }
                default -> {}
            }
        }
    }

    /** Whether the server ends the connection, by GOAWAY or at once. */
    boolean isSentAway() throws IOException {
        try {
            while (readVerdict().type != GOAWAY) {
                continue;
            }
            return true;
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
