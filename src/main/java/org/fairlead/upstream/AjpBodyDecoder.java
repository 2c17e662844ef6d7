package org.fairlead.upstream;

import java.io.IOException;
import org.fairlead.http.Headers;

/**
 * The decoder of a response's body in AJP: its chunks up to END_RESPONSE. A member may ask for more of the request's
 * body meanwhile, which is sent while the response is awaited. Used by one thread.
 */
final class AjpBodyDecoder implements BodyDecoder {
    private static final Headers NONE = new Headers();

    private final ReadBuffer inlet;
    private final AjpPacketReader packets;
    private final AjpBodySender requestBody;
    private final long length;
    private final boolean allowed;
    private long received;
    private boolean ended;

    /**
     * @param length bytes of the body as the head declares them; −1 = not declared
     * @param allowed whether the response may have a body; if not, what comes is dropped
     */
    AjpBodyDecoder(ReadBuffer inlet, AjpPacketReader packets, AjpBodySender requestBody, long length, boolean allowed) {
        this.inlet = inlet;
        this.packets = packets;
        this.requestBody = requestBody;
        this.length = length;
        this.allowed = allowed;
    }

    /** Reads what follows a head without a body, up to its end. Blocks. */
    void drain() throws IOException {
        for (int n = atHand(); n >= 0; n = atHand()) {
            if (n == 0) {
                fill();
            } else {
                used(n);
            }
        }
    }

    @Override
    public int atHand() throws IOException {
        while (!ended) {
            if (packets.chunkLeft() > 0) {
                if (inlet.isEmpty()) {
                    return nothing();
                }
                int n = Math.min(packets.chunkLeft(), inlet.length());
                if (allowed) {
                    return n;
                }
                packets.used(n);
            } else if (!packet()) {
                return nothing();
            }
        }
        return -1;
    }

    private int nothing() throws IOException {
        if (inlet.hasEnded()) {
            throw ResponseBodyDecoder.endedEarly();
        }
        return 0;
    }

    /** Takes the next packet; false = it is not here yet. */
    private boolean packet() throws IOException {
        AjpPacketReader.Packet packet = packets.next();
        switch (packet) {
            case NONE -> {
                return false;
            }
            case BODY_CHUNK -> received(packets.chunkLeft());
            case GET_BODY_CHUNK -> requestBody.asked(packets.asked());
            case END -> end();
            default -> throw new BadResponseException(packet + " within an answer");
        }
        return true;
    }

    private void received(int more) throws BadResponseException {
        received += more;
        if (allowed && length >= 0 && received > length) {
            throw new BadResponseException("more bytes than Content-Length says");
        }
    }

    private void end() throws IOException {
        if (allowed && received < length) {
            throw ResponseBodyDecoder.endedEarly();
        }
        ended = true;
    }

    /** Whether the member's last word lets the connection carry another request. */
    boolean isReusable() {
        return ended && packets.isReusable() && !requestBody.owes() && inlet.isEmpty();
    }

    @Override
    public void used(int n) {
        packets.used(n);
    }

    @Override
    public int fill() throws IOException {
        if (!requestBody.owes()) {
            return inlet.fill();
        }
        requestBody.serve();
        return 0;
    }

    @Override
    public long remaining() {
        return packets.chunkLeft();
    }

    /** No: between the chunks there is more than their data. */
    @Override
    public boolean isCounted() {
        return false;
    }

    @Override
    public void passed(int n) {
        throw new IllegalStateException("no bytes of AJP bypass the read buffer");
    }

    @Override
    public Headers trailers() {
        return NONE;
    }
}
