package org.fairlead.accesslog;

import java.util.Optional;

/**
 * How a request ended, as only its container knows.
 *
 * @param status what the client got
 * @param bodyBytes of the answer, before chunks and compression
 * @param requestsBefore how many the connection had carried before; −1 = the container does not say
 * @param nanos when, by {@link System#nanoTime}
 */
public record Completion(int status, long bodyBytes, State state, int requestsBefore, Transfer transfer, long nanos) {

    /** What became of the connection: {@code %X}. */
    public enum State {
        /** It broke, or was broken off, before the answer was complete. */
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

    /** What went over the wire; nothing of it is counted before it is asked for. */
    public interface Transfer {
        /** Bytes of the request, head and body, as HTTP/1.1 spells them, without TLS. */
        long received();

        /** Bytes of the answer, likewise. */
        long sent();

        /** The first line of this name; of {@code Set-Cookie} all, joined by a comma. */
        Optional<String> field(String name);

        /** The trailer field of this name. */
        Optional<String> trailer(String name);
    }

    /** The same, with a client that went before its answer was complete, or an answer that broke off. */
    public Completion broken() {
        return new Completion(status, bodyBytes, State.ABORTED, requestsBefore, transfer, nanos);
    }
}
