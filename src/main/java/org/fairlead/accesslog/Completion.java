package org.fairlead.accesslog;

import java.util.Optional;

/**
 * The completion of a request, as only its container knows it.
 *
 * @param status the status sent to the client
 * @param bodyBytes bytes of the response body, before chunks and compression
 * @param requestsBefore how many requests the connection had carried before; −1 = the container does not report it
 * @param nanos the time of completion, by {@link System#nanoTime}
 */
public record Completion(int status, long bodyBytes, State state, int requestsBefore, Transfer transfer, long nanos) {

    /** The state of the connection after the response: {@code %X}. */
    public enum State {
        /** The connection failed, or was aborted, before the response was complete. */
        ABORTED('X'),
        /** It may carry another request. */
        KEPT('+'),
        CLOSED('-');

        private final char letter;

        State(char letter) {
            this.letter = letter;
        }

        char letter() {
            return letter;
        }
    }

    /** The transfer on the wire; nothing is counted before it is asked for. */
    public interface Transfer {
        /** Bytes of the request, head and body, as HTTP/1.1 spells them, without TLS. */
        long received();

        /** Bytes of the response, likewise. */
        long sent();

        /** The first line of this name; of {@code Set-Cookie} all, joined by a comma. */
        Optional<String> field(String name);

        /** The trailer field of this name. */
        Optional<String> trailer(String name);
    }

    /** The same, for a client that disconnected before its response was complete, or a truncated response. */
    public Completion broken() {
        return new Completion(status, bodyBytes, State.ABORTED, requestsBefore, transfer, nanos);
    }
}
