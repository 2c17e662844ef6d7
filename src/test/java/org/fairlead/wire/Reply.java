package org.fairlead.wire;

import java.io.IOException;

/**
 * What the member does with one request of a case.
 *
 * <p>Beside the ready-made ones a row may bring its own, as a lambda.
 */
@FunctionalInterface
interface Reply {
    /** Answers; false if the connection is to be closed behind it. */
    boolean to(Turn turn) throws IOException;

    /** Reads the whole request, answers these bytes and keeps the connection. */
    static Reply of(String notation) {
        byte[] bytes = Notation.bytes(notation);
        return turn -> {
            turn.readBody();
            turn.send(bytes);
            return true;
        };
    }

    /** Reads the whole request, answers these bytes and closes. */
    static Reply closing(String notation) {
        byte[] bytes = Notation.bytes(notation);
        return turn -> {
            turn.readBody();
            turn.send(bytes);
            return false;
        };
    }

    /** Reads the whole request, sends these bytes and resets the connection. */
    static Reply resetting(String notation) {
        byte[] bytes = Notation.bytes(notation);
        return turn -> {
            turn.readBody();
            turn.send(bytes);
            turn.reset();
            return false;
        };
    }

    /** Reads the whole request, sends these bytes, if any, and then nothing more until the proxy gives up. */
    static Reply hanging(String notation) {
        byte[] bytes = Notation.bytes(notation);
        return turn -> {
            turn.readBody();
            turn.send(bytes);
            turn.awaitEnd();
            return false;
        };
    }

    /** Answers as soon as the head is there and reads no byte of the body. */
    static Reply early(String notation) {
        byte[] bytes = Notation.bytes(notation);
        return turn -> {
            turn.send(bytes);
            turn.awaitEnd();
            return false;
        };
    }
}
