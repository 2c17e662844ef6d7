package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SocketBuffersTest {
    private static final int SMALL = 8192;

    private final DirectBufferPool small = new DirectBufferPool(SMALL, 4);
    private final DirectBufferPool stock = new DirectBufferPool(SocketBuffers.BULK, 4);
    private final SocketBuffers buffers = connection();

    private SocketBuffers connection() {
        return new SocketBuffers(small, stock);
    }

    @Test
    void anAnswerThatHasFilledTheSmallBufferGoesOnInABigOne() {
        buffers.answering();
        assertThat(fillAndSend(buffers)).isEqualTo(SMALL);
        assertThat(fillAndSend(buffers)).isGreaterThan(64 * 1024);
    }

    @Test
    void aFrameOfHttp2NeedsNone() {
        buffers.expand(1 << 14);
        assertThat(buffers.getWriteBuffer().capacity()).isZero();
        buffers.configureReadBufferForRead();
        assertThat(buffers.getReadBuffer().capacity()).isEqualTo(SMALL);
    }

    @Test
    void aSmallAnswerNeedsNone() {
        buffers.answering();
        buffers.configureWriteBufferForWrite();
        buffers.getWriteBuffer().put(new byte[100]);
        send(buffers);
        buffers.configureWriteBufferForWrite();
        assertThat(buffers.getWriteBuffer().capacity()).isEqualTo(SMALL);
    }

    @Test
    void aTunnelGetsNone() {
        fillAndSend(buffers);
        assertThat(fillAndSend(buffers)).isEqualTo(SMALL);
    }

    @Test
    void theBigOneIsLentToTheNextWhenTheAnswerIsOut() {
        buffers.answering();
        fillAndSend(buffers);
        buffers.configureWriteBufferForWrite();
        ByteBuffer big = buffers.getWriteBuffer();
        big.put((byte) 1);
        send(buffers);
        buffers.answered();
        assertThat(buffers.getWriteBuffer().capacity()).isZero();
        assertThat(buffers.isWriteBufferEmpty()).isTrue();

        SocketBuffers other = connection();
        other.answering();
        fillAndSend(other);
        other.configureWriteBufferForWrite();
        assertThat(other.getWriteBuffer()).isSameAs(big);
        assertThat(big.remaining()).isEqualTo(big.capacity());
    }

    @Test
    void whatIsNotYetSentStaysWhereItIs() {
        buffers.answering();
        fillAndSend(buffers);
        buffers.configureWriteBufferForWrite();
        buffers.getWriteBuffer().put(new byte[] {1, 2, 3});
        buffers.answered();
        assertThat(buffers.isWriteBufferEmpty()).isFalse();
        buffers.configureWriteBufferForRead();
        assertThat(buffers.getWriteBuffer()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }

    @Test
    void whatIsNotSentWhenTheConnectionClosesKeepsNothingFromTheNext() {
        buffers.answering();
        fillAndSend(buffers);
        buffers.configureWriteBufferForWrite();
        ByteBuffer big = buffers.getWriteBuffer().put((byte) 1);
        buffers.configureWriteBufferForRead();
        buffers.reset();
        buffers.answered();
        assertThat(stock.lend()).containsSame(big);
    }

    @Test
    void whoFindsNoneLeftGoesOnWithTheSmallOne() {
        List<ByteBuffer> all = new ArrayList<>();
        for (var one = stock.lend(); one.isPresent(); one = stock.lend()) {
            all.add(one.get());
        }
        buffers.answering();
        fillAndSend(buffers);
        assertThat(fillAndSend(buffers)).isEqualTo(SMALL);

        stock.giveBack(all.get(0));
        assertThat(fillAndSend(buffers)).isGreaterThan(SMALL);
    }

    @Test
    void anUnsentRestMovesToTheFrontAndIsNotFull() {
        buffers.configureWriteBufferForWrite();
        buffers.getWriteBuffer().put(new byte[SMALL]);
        buffers.configureWriteBufferForRead();
        buffers.getWriteBuffer().position(SMALL - 2);
        assertThat(buffers.isWriteBufferWritable()).isFalse();
        buffers.configureWriteBufferForWrite();
        assertThat(buffers.getWriteBuffer().position()).isEqualTo(2);
        assertThat(buffers.isWriteBufferWritable()).isTrue();
    }

    @Test
    void aConnectionOnWhichNothingMovesHoldsNothing() {
        assertThat(buffers.getWriteBuffer().capacity()).isZero();
        assertThat(buffers.isWriteBufferWritable()).isTrue();
        assertThat(buffers.isReadBufferEmpty()).isTrue();
        buffers.answering();
        buffers.configureReadBufferForRead();
        assertThat(buffers.getReadBuffer().capacity()).isZero();
        fillAndSend(buffers);
        buffers.answered();
        assertThat(buffers.getWriteBuffer().capacity()).isZero();
        assertThat(buffers.isWriteBufferWritable()).isTrue();
        buffers.configureWriteBufferForRead();
        assertThat(buffers.getWriteBuffer().hasRemaining()).isFalse();
        assertThat(fillAndSend(buffers)).isEqualTo(SMALL);
    }

    @Test
    void theSmallOneIsLentToTheNextWhenTheAnswerIsOut() {
        buffers.answering();
        buffers.configureWriteBufferForWrite();
        ByteBuffer first = buffers.getWriteBuffer().put((byte) 1);
        send(buffers);
        buffers.answered();

        SocketBuffers other = connection();
        other.answering();
        other.configureWriteBufferForWrite();
        assertThat(other.getWriteBuffer()).isSameAs(first);
        assertThat(first.remaining()).isEqualTo(SMALL);
    }

    @Test
    void whoFindsNoSmallOneLeftHasOneOfItsOwn() {
        for (var one = small.lend(); one.isPresent(); one = small.lend()) {
            assertThat(one.get().capacity()).isEqualTo(SMALL);
        }
        buffers.answering();
        buffers.configureWriteBufferForWrite();
        assertThat(buffers.getWriteBuffer().remaining()).isEqualTo(SMALL);
        buffers.getWriteBuffer().put((byte) 1);
        send(buffers);
        buffers.answered();
        assertThat(small.lend()).as("its own is nobody else's").isEmpty();
    }

    @Test
    void aTunnelReadsIntoABufferOfItsOwnAndWhatARequestLeftOverComesFirst() {
        buffers.answering();
        buffers.answered();
        buffers.unReadReadBuffer(ByteBuffer.wrap(new byte[] {1, 2}));
        buffers.configureReadBufferForRead();
        assertThat(buffers.getReadBuffer()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(buffers.getReadBuffer().capacity()).isEqualTo(SMALL);
    }

    /** Returns how much went at once. */
    private static int fillAndSend(SocketBuffers buffers) {
        buffers.configureWriteBufferForWrite();
        int room = buffers.getWriteBuffer().remaining();
        buffers.getWriteBuffer().put(new byte[room]);
        send(buffers);
        return room;
    }

    private static void send(SocketBuffers buffers) {
        buffers.configureWriteBufferForRead();
        ByteBuffer buffer = buffers.getWriteBuffer();
        buffer.position(buffer.limit());
    }
}
