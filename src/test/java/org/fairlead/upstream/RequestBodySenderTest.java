package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.pool.PoolEntry;
import org.junit.jupiter.api.Test;

/** What of a body leaves together with its head. */
class RequestBodySenderTest {
    private static final int ROOM = 1024;
    private static final int PIECE = 100;

    private final WriteBuffer outlet = new WriteBuffer(new ByteArrayPool(ROOM));

    private RequestBodySender joined(long length, int atHand) throws IOException {
        RequestBodySender pump = new RequestBodySender(
                Requests.body(length, new Pieces(length, atHand)),
                new MemberConnection(new PoolEntry<>(PeerName.NONE), new ScriptedTransport(), 0),
                outlet);
        pump.joinHead();
        return pump;
    }

    @Test
    void aWholeBodyThatHasComeInPieces() throws IOException {
        RequestBodySender pump = joined(750, 750);
        assertThat(pump.isComplete()).isTrue();
        assertThat(outlet.end).isEqualTo(750);
    }

    @Test
    void asMuchAsThereIsRoomFor() throws IOException {
        RequestBodySender pump = joined(5000, 5000);
        assertThat(pump.isComplete()).isFalse();
        assertThat(pump.sent()).isEqualTo(outlet.end).isBetween(900L, (long) ROOM);
    }

    @Test
    void whatIsAtHandAndNothingThatWouldHaveToBeWaitedFor() throws IOException {
        RequestBodySender pump = joined(750, 250);
        assertThat(pump.isComplete()).isFalse();
        assertThat(pump.sent()).isEqualTo(outlet.end).isEqualTo(250);
    }

    @Test
    void nothingOfABodyThatHasNotCome() throws IOException {
        RequestBodySender pump = joined(750, 0);
        assertThat(pump.isTouched()).isFalse();
        assertThat(outlet.end).isZero();
    }

    /** Gives a piece at a time, and fails instead of waiting. */
    private static final class Pieces extends InputStream {
        private final long length;
        private final int atHand;
        private int position;

        Pieces(long length, int atHand) {
            this.length = length;
            this.atHand = atHand;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] target, int offset, int room) throws IOException {
            if (position == length) {
                return -1;
            }
            if (position == atHand) {
                throw new IOException("would wait");
            }
            int n = Math.min(Math.min(room, PIECE), atHand - position);
            position += n;
            return n;
        }

        @Override
        public int available() {
            return atHand - position;
        }
    }
}
