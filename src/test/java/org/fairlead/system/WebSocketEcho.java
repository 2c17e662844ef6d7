package org.fairlead.system;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The member's side of WebSockets, after RFC 6455: it greets in the very write that says 101, gives every frame back as
 * it came, answers pings and closes, and closes by itself when it is asked to.
 *
 * <p>One script for many connections; thread-safe.
 */
final class WebSocketEcho implements RawMember.Script {
    /** The text that every session begins with. */
    static final String GREETING = "welcome";
    /** A text on which the member closes with {@link #MEMBERS_CODE}. */
    static final String PLEASE_CLOSE = "please close";
    /** A text on which the member sends a ping before it echoes. */
    static final String PLEASE_PING = "please ping";

    /** The text that the member sends when its client has ended its direction and said nothing of it. */
    static final String FAREWELL = "farewell";

    static final int MEMBERS_CODE = 4001;

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final AtomicInteger longest = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();
    private final AtomicInteger pongs = new AtomicInteger();
    private volatile int lastCode;

    /** How many bytes the longest frame had. */
    int longestFrame() {
        return longest.get();
    }

    /** How many close frames have come from clients. */
    int closesFromClients() {
        return closes.get();
    }

    /** How many pongs have come from clients. */
    int pongsFromClients() {
        return pongs.get();
    }

    /** The code in the last close frame that came; 0 before. */
    int lastCode() {
        return lastCode;
    }

    /** A frame without its mask. */
    private record Frame(boolean last, int opcode, byte[] payload) {}

    @Override
    public void talk(Conversation conversation) throws IOException {
        WireMessage request = conversation.readRequest().orElseThrow();
        String key = request.header("Sec-WebSocket-Key").orElseThrow();
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        first.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        first.write(encode(new Frame(true, TEXT, GREETING.getBytes(StandardCharsets.UTF_8))));
        conversation.send(first.toByteArray());
        DataInputStream in = new DataInputStream(conversation.input());
        try {
            boolean open = true;
            while (open) {
                open = answer(conversation, read(in));
            }
        } catch (EOFException e) {
            // The client has ended its direction without a close frame; ours still carries.
            conversation.send(encode(new Frame(true, TEXT, FAREWELL.getBytes(StandardCharsets.UTF_8))));
        }
    }

    private boolean answer(Conversation conversation, Frame frame) throws IOException {
        longest.accumulateAndGet(frame.payload().length, Math::max);
        switch (frame.opcode()) {
            case CLOSE -> {
                closes.incrementAndGet();
                if (frame.payload().length >= 2) {
                    lastCode = (frame.payload()[0] & 0xFF) << 8 | frame.payload()[1] & 0xFF;
                }
                conversation.send(encode(frame));
                return false;
            }
            case PING -> conversation.send(encode(new Frame(true, PONG, frame.payload())));
            case PONG -> pongs.incrementAndGet();
            default -> echo(conversation, frame);
        }
        return true;
    }

    private void echo(Conversation conversation, Frame frame) throws IOException {
        String text = frame.opcode() == TEXT && frame.payload().length < 100
                ? new String(frame.payload(), StandardCharsets.UTF_8)
                : "";
        if (text.equals(PLEASE_CLOSE)) {
            byte[] code = {(byte) (MEMBERS_CODE >> 8), (byte) MEMBERS_CODE, 'b', 'y', 'e'};
            conversation.send(encode(new Frame(true, CLOSE, code)));
            return;
        }
        if (text.equals(PLEASE_PING)) {
            conversation.send(encode(new Frame(true, PING, new byte[] {1, 2, 3})));
        }
        conversation.send(encode(frame));
    }

    private static Frame read(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        if (second < 0x80) {
            throw new IOException("a client's frame without a mask (RFC 6455 5.1)");
        }
        long length = second & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(Math.toIntExact(length));
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return new Frame(first >= 0x80, first & 0x0F, payload);
    }

    private static byte[] encode(Frame frame) {
        int length = frame.payload().length;
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 10);
        out.write((frame.last() ? 0x80 : CONTINUATION) | frame.opcode());
        if (length < 126) {
            out.write(length);
        } else if (length < 65_536) {
            out.write(126);
            out.write(length >> 8);
            out.write(length);
        } else {
            out.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) length >> shift));
            }
        }
        out.writeBytes(frame.payload());
        return out.toByteArray();
    }

    private static String accept(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                    .getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
