package org.fairlead.upstream;

import java.io.EOFException;
import java.io.IOException;
import org.fairlead.http.Headers;

/**
 * A strict decoder of a response's body (RFC 9112 6, 7.1): finds its bytes and its end among those of the connection.
 * Works in place on the {@link ReadBuffer} and never reads itself. Used by one thread.
 */
final class ResponseBodyDecoder implements BodyDecoder {
    private static final int MAX_TRAILERS = 100;
    private static final int MAX_TRAILER_BYTES = 32 * 1024;
    private static final int MAX_EXTENSION = 4096;

    /** The parser's state in a chunked body. */
    private enum State {
        SIZE,
        SIZE_BLANK,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS
    }

    private static final Headers NONE = new Headers();

    private final ReadBuffer inlet;
    private final HeadParser parser;
    private final long length;
    private long remaining;
    private State state = State.SIZE;
    private int digits;
    private int extension;
    private boolean ended;
    private Headers trailers = NONE;

    ResponseBodyDecoder(ReadBuffer inlet, HeadParser parser, Framing framing) {
        this.inlet = inlet;
        this.parser = parser;
        this.length = framing.length();
        this.remaining = Math.max(0, length);
        this.ended = length == 0;
    }

    /** Whether the end was found, which says that nothing is missing. */
    boolean hasEnded() {
        return ended;
    }

    @Override
    public Headers trailers() {
        return trailers;
    }

    @Override
    public long remaining() {
        return remaining;
    }

    @Override
    public int atHand() throws IOException {
        if (ended) {
            return -1;
        }
        int n = length == Framing.CHUNKED ? chunked() : counted();
        if (n == 0 && inlet.hasEnded()) {
            if (length != Framing.UNTIL_CLOSE) {
                throw endedEarly();
            }
            ended = true;
            return -1;
        }
        return n;
    }

    static EOFException endedEarly() {
        return new EOFException("the member closed before the end of its answer");
    }

    private int counted() {
        return length == Framing.UNTIL_CLOSE ? inlet.length() : (int) Math.min(remaining, inlet.length());
    }

    @Override
    public int fill() throws IOException {
        return inlet.fill();
    }

    @Override
    public boolean isCounted() {
        return length > 0;
    }

    @Override
    public void used(int n) {
        inlet.position += n;
        passed(n);
    }

    @Override
    public void passed(int n) {
        if (length == Framing.UNTIL_CLOSE) {
            return;
        }
        remaining -= n;
        if (remaining == 0) {
            if (length == Framing.CHUNKED) {
                state = State.DATA_CR;
            } else {
                ended = true;
            }
        }
    }

    private int chunked() throws IOException {
        while (state != State.DATA) {
            if (state == State.TRAILERS) {
                return endOfChunks();
            }
            if (inlet.isEmpty()) {
                return 0;
            }
            step(inlet.bytes[inlet.position++]);
        }
        return (int) Math.min(remaining, inlet.length());
    }

    private void step(byte b) throws BadResponseException {
        switch (state) {
            case SIZE -> size(b);
            case SIZE_BLANK, EXTENSION -> extension(b);
            case SIZE_LF -> {
                expect(b, '\n');
                state = remaining == 0 ? State.TRAILERS : State.DATA;
            }
            case DATA_CR -> {
                expect(b, '\r');
                state = State.DATA_LF;
            }
            case DATA_LF -> {
                expect(b, '\n');
                state = State.SIZE;
                digits = 0;
                extension = 0;
            }
            default -> throw new IllegalStateException(state.name());
        }
    }

    private void size(byte b) throws BadResponseException {
        int digit = Character.digit(b, 16);
        if (digit >= 0) {
            if (++digits > 15) {
                throw new BadResponseException("chunk size of more than 15 digits");
            }
            remaining = remaining << 4 | digit;
        } else if (digits == 0) {
            throw new BadResponseException("malformed chunk size");
        } else {
            state = State.SIZE_BLANK;
            extension(b);
        }
    }

    /** Blanks may stand between the size and what follows (RFC 9112 7.1.1); extensions are read over. */
    private void extension(byte b) throws BadResponseException {
        if (b == '\r') {
            state = State.SIZE_LF;
        } else if (++extension > MAX_EXTENSION) {
            throw new BadResponseException("chunk extension of more than " + MAX_EXTENSION + " bytes");
        } else if (state == State.SIZE_BLANK && b == ';') {
            state = State.EXTENSION;
        } else if (b != ' ' && b != '\t' && (state == State.SIZE_BLANK || b >= 0 && b < ' ' || b == 0x7F)) {
            throw new BadResponseException("malformed chunk size line");
        }
    }

    private static void expect(byte b, char wanted) throws BadResponseException {
        if (b != wanted) {
            throw new BadResponseException("malformed chunk");
        }
    }

    /** After the last chunk: its trailers, once all of them are there, so that nothing waits here. */
    private int endOfChunks() throws IOException {
        if (!hasEmptyLine()) {
            if (inlet.length() > MAX_TRAILER_BYTES) {
                throw new BadResponseException("trailers of more than " + MAX_TRAILER_BYTES + " bytes");
            }
            return 0;
        }
        Headers came = parser.trailers(MAX_TRAILERS);
        Headers passing = new Headers();
        came.forEach((name, value) -> {
            if (Trailers.mayPass(name)) {
                passing.add(name, value);
            }
        });
        trailers = passing;
        ended = true;
        return -1;
    }

    private boolean hasEmptyLine() {
        byte[] bytes = inlet.bytes;
        int start = inlet.position;
        for (int i = start; i < inlet.end; i++) {
            if (bytes[i] == '\n') {
                if (i == start || i == start + 1 && bytes[start] == '\r') {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }
}
