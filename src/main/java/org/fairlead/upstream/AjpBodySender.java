package org.fairlead.upstream;

import java.io.EOFException;
import java.io.IOException;
import org.fairlead.exchange.RequestBody;
import org.fairlead.upstream.RequestBodySender.ClientBodyException;

/**
 * The sender of a request body in AJP: one packet for each that the member asks for, and the first one unasked where
 * the length is known. Used by one thread at a time.
 */
final class AjpBodySender {
    /** What a body packet has in front of its data: its header, and the length once more. */
    private static final int PREFIX_BYTES = 6;

    private static final byte[] END = {0x12, 0x34, 0, 2, 0, 0};

    private final RequestBody body;
    private final MemberConnection connection;
    private final ByteArrayPool buffers;
    private final int maxData;
    private final boolean counted;
    private long remaining;
    private long sent;
    private int owed;
    private boolean ended;
    private boolean touched;
    private boolean abandoned;

    /** @param packetSize the limit of a packet, its header included */
    AjpBodySender(RequestBody body, MemberConnection connection, ByteArrayPool buffers, int packetSize) {
        this.body = body;
        this.connection = connection;
        this.buffers = buffers;
        this.maxData = packetSize - PREFIX_BYTES;
        this.counted = body.length() >= 0;
        this.remaining = Math.max(0, body.length());
        this.owed = remaining > 0 ? maxData : 0;
    }

    /** Bytes of the body handed to the connection, without framing. */
    long sent() {
        return sent;
    }

    /** Whether bytes of the body were taken from the client. */
    boolean isTouched() {
        return touched;
    }

    /** Whether the member has received all of it. */
    boolean isComplete() {
        return counted ? remaining == 0 && owed == 0 : ended;
    }

    /** Whether the member waits for a packet. */
    boolean owes() {
        return owed > 0;
    }

    /** The member can no longer be written to, though its response may still be read. */
    void giveUp() {
        abandoned = true;
        owed = 0;
    }

    /**
     * Records that the member asks for a packet.
     *
     * @param most the bytes that it wants at most; 0 = as many as a packet holds
     */
    void asked(int most) throws BadResponseException {
        if (owed > 0 || ended) {
            throw new BadResponseException("the member asks for more than the whole body");
        }
        if (!abandoned) {
            owed = most == 0 ? maxData : Math.min(most, maxData);
        }
    }

    /** Appends the packet that is owed if the client's bytes are here, so that it leaves with the head. */
    void joinHead(WriteBuffer outlet) throws ClientBodyException {
        if (owed > 0 && isAtHand()) {
            append(outlet);
        }
    }

    private boolean isAtHand() throws ClientBodyException {
        try {
            return body.stream().available() > 0;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /**
     * Sends the packet that is owed as soon as the client's bytes come, or returns without it when the member sends
     * bytes or ends its side before that.
     */
    void serve() throws IOException {
        if (remaining == 0 && counted) {
            owed = 0;
            ended = true;
            connection.wire().write(END, 0, END.length);
            return;
        }
        if (!isAtHand() && !awaitClient()) {
            return;
        }
        WriteBuffer outlet = new WriteBuffer(buffers);
        try {
            append(outlet);
            connection.wire().write(outlet.bytes, 0, outlet.end);
        } finally {
            outlet.release();
        }
    }

    /** Waits for the client's next bytes; false = the member has sent bytes or closed before they came. */
    private boolean awaitClient() throws IOException {
        try (Transport.Upload upload = connection.wire().upload()) {
            while (!isReady(upload::wake)) {
                body.await(upload::awaitWord);
                if (connection.inlet().fillNow() != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private boolean isReady(Runnable wake) throws ClientBodyException {
        try {
            return body.isReady(wake);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private void append(WriteBuffer outlet) throws ClientBodyException {
        int want = counted ? (int) Math.min(remaining, owed) : owed;
        outlet.reserve(PREFIX_BYTES + want);
        int n = read(outlet, want);
        byte[] bytes = outlet.bytes;
        int at = outlet.end;
        bytes[at] = 0x12;
        bytes[at + 1] = 0x34;
        bytes[at + 2] = (byte) (n + 2 >> 8);
        bytes[at + 3] = (byte) (n + 2);
        bytes[at + 4] = (byte) (n >> 8);
        bytes[at + 5] = (byte) n;
        outlet.end = at + PREFIX_BYTES + n;
        owed = 0;
    }

    /** Reads the data of a packet behind its prefix; 0 = the body has ended. */
    private int read(WriteBuffer outlet, int want) throws ClientBodyException {
        int n;
        try {
            n = body.stream().read(outlet.bytes, outlet.end + PREFIX_BYTES, want);
        } catch (IOException e) {
            throw broken(e);
        }
        if (n > 0) {
            touched = true;
            sent += n;
            remaining -= counted ? n : 0;
            return n;
        }
        if (counted) {
            throw new ClientBodyException(
                    "the body ended early",
                    new EOFException(remaining + " of " + body.length() + " bytes did not come"));
        }
        ended = true;
        return 0;
    }

    private static ClientBodyException broken(IOException e) {
        return new ClientBodyException("the body could not be read", e);
    }
}
