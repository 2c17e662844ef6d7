package org.fairlead.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;

/**
 * The sender of a request body: sends it to the member in constant memory, framed by its length or in chunks, and stops
 * as soon as the member responds. Used by one thread, once.
 */
final class RequestBodySender {
    private final RequestBody body;
    private final MemberConnection connection;
    private final WriteBuffer outlet;
    private final boolean chunked;
    private long remaining;
    private long sent;
    private boolean touched;
    private boolean complete;

    /** The client's side failed; the request must not be completed. */
    static final class ClientBodyException extends IOException {
        ClientBodyException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    RequestBodySender(RequestBody body, MemberConnection connection, WriteBuffer outlet) {
        this.body = body;
        this.connection = connection;
        this.outlet = outlet;
        this.chunked = body.length() < 0;
        this.remaining = Math.max(0, body.length());
        this.complete = body.length() == 0;
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
        return complete;
    }

    /** The member has responded without the rest of the body. */
    void giveUp() {
        complete = false;
    }

    /**
     * Appends bytes that the client has already sent to the head in the write buffer, so that both leave in one write.
     * A client that holds back its body until it sees a response is not waited for.
     */
    void joinHead() throws ClientBodyException {
        while (!complete && outlet.chunkRoom() > 0 && isAtHand()) {
            frame();
        }
    }

    private boolean isAtHand() throws ClientBodyException {
        try {
            return stream().available() > 0;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /**
     * Sends the rest, after the head has gone. Returns early when the member sends bytes or closes: then
     * {@link #isComplete()} is false.
     */
    void run() throws IOException {
        if (complete) {
            return;
        }
        try (Transport.Upload upload = connection.wire().upload()) {
            while (!complete) {
                outlet.end = 0;
                if (!awaitClient(upload)) {
                    complete = false;
                    return;
                }
                boolean last = frame();
                if (connection.inlet().fillNow() != 0 || !upload.write(outlet.bytes, 0, outlet.end)) {
                    complete = false;
                    return;
                }
                complete = last;
            }
        }
    }

    /** Waits for the client's next bytes; false = the member has sent bytes or closed before they came. */
    private boolean awaitClient(Transport.Upload upload) throws IOException {
        while (!isReady(upload::wake)) {
            body.await(upload::awaitWord);
            if (connection.inlet().fillNow() != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isReady(Runnable wake) throws ClientBodyException {
        try {
            return body.isReady(wake);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Reads from the client once and frames the bytes; returns whether they were the last. */
    private boolean frame() throws ClientBodyException {
        return chunked ? frameChunk() : frameCounted();
    }

    private boolean frameCounted() throws ClientBodyException {
        int n = read(outlet.end, (int) Math.min(remaining, outlet.room()));
        if (n < 0) {
            throw new ClientBodyException(
                    "the body ended early",
                    new EOFException(remaining + " of " + body.length() + " bytes did not come"));
        }
        outlet.end += n;
        remaining -= n;
        complete = remaining == 0;
        return complete;
    }

    private boolean frameChunk() throws ClientBodyException {
        int n = read(outlet.chunkData(), outlet.chunkRoom());
        if (n > 0) {
            outlet.chunk(n);
            return false;
        }
        outlet.literal("0\r\n");
        trailers();
        outlet.endLine();
        complete = true;
        return true;
    }

    private void trailers() {
        Headers trailers = body.trailers();
        for (int i = 0; i < trailers.size(); i++) {
            if (Trailers.mayPass(trailers.name(i))) {
                outlet.field(trailers.name(i), trailers.value(i));
            }
        }
    }

    /** Reads into the write buffer's array; −1 = the end. */
    private int read(int offset, int room) throws ClientBodyException {
        try {
            int n = stream().read(outlet.bytes, offset, room);
            if (n > 0) {
                touched = true;
                sent += n;
            }
            return n;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private InputStream stream() throws IOException {
        return body.stream();
    }

    private static ClientBodyException broken(IOException e) {
        return new ClientBodyException("the body could not be read", e);
    }
}
