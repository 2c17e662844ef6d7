package org.fairlead.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * The TLS transport over a plain connection, by the JDK's engine.
 *
 * <p>Bytes at hand below need not be application data: TLS 1.3 sends session tickets and key updates at any time, and
 * TLS 1.2 asks for new handshakes. So the question whether the member has sent anything goes through the decryption,
 * which takes whole records only. What such a message asks for is written at once by the thread that reads it.
 *
 * <p>Two locks keep the thread that reads and the thread that writes apart. The reader may take the writer's, which is
 * held during writes. A writer takes the reader's only if that is free, to read on in a new handshake.
 */
final class TlsTransport implements Transport {
    private static final System.Logger LOG = System.getLogger(TlsTransport.class.getName());
    /** More than a record with all that the JDK's engine may add to it (RFC 8446 5.2). */
    static final int RECORD_BYTES = 17 * 1024;

    private static final Set<HandshakeStatus> READERS_PART =
            EnumSet.of(HandshakeStatus.NEED_UNWRAP, HandshakeStatus.NEED_TASK);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final ByteArrayPool RECORDS = new ByteArrayPool(RECORD_BYTES);

    private final PlainTransport plain;
    private final SSLEngine engine;
    /** Guarded by {@link #reading}. */
    private final TlsInput input;

    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();
    private final Condition advanced = writing.newCondition();
    /** Whether a writer waits for the reader to take the member's part of a handshake. */
    private volatile boolean writerWaits;

    private TlsTransport(PlainTransport plain, SSLEngine engine) {
        this.plain = plain;
        this.engine = engine;
        this.input = new TlsInput(plain, engine);
    }

    /**
     * Performs the handshake. Blocks no longer than the plain connection's limit for each silence.
     *
     * @param name the name that is sent as SNI, and that the certificate must be for
     * @throws IOException if it fails; the plain connection is still to be closed
     */
    static TlsTransport handshake(PlainTransport plain, MemberTls tls, PeerName name, int port) throws IOException {
        TlsTransport transport = new TlsTransport(plain, tls.engine(name, port));
        try {
            transport.handshake();
        } catch (SSLException e) {
            transport.closeNotify();
            throw e;
        }
        return transport;
    }

    private void handshake() throws IOException {
        engine.beginHandshake();
        while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            try {
                answerHandshake();
                takeHandshake();
            } catch (SSLException e) {
                throw e;
            } catch (IOException e) {
                throw alertAfter(e);
            }
        }
    }

    /** Takes one record of the member's part of a handshake, if that is due. */
    private void takeHandshake() throws IOException {
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP && take(NOTHING, true) < 0) {
            throw new SSLException("the member has ended TLS during a handshake");
        }
    }

    /**
     * Returns the alert (RFC 8446 6.2) of a member that refuses our part of a handshake and closes, while this side is
     * still writing and sees the broken connection first; without one, the failure itself.
     */
    private IOException alertAfter(IOException broken) {
        try {
            ByteBuffer unsent = ByteBuffer.allocate(RECORD_BYTES);
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                engine.wrap(NOTHING, unsent.clear());
            }
            while (take(NOTHING, false) > 0) {
                LOG.log(System.Logger.Level.TRACE, "a record before the alert");
            }
        } catch (SSLException e) {
            e.addSuppressed(broken);
            return e;
        } catch (IOException e) {
            broken.addSuppressed(e);
        }
        return broken;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return read(ByteBuffer.wrap(target, offset, length), true);
    }

    @Override
    public int readNow(byte[] target, int offset, int length) throws IOException {
        return read(ByteBuffer.wrap(target, offset, length), false);
    }

    private int read(ByteBuffer target, boolean waits) throws IOException {
        int start = target.position();
        reading.lock();
        try {
            while (!input.hasSpilled()) {
                int taken = take(target, waits);
                if (target.position() > start) {
                    return target.position() - start;
                }
                if (taken <= 0) {
                    return taken;
                }
            }
            return input.drain(target);
        } finally {
            reading.unlock();
            letWriterGoOn();
        }
    }

    /** As {@link TlsInput#take}; what the record asks for is done. */
    private int take(ByteBuffer target, boolean waits) throws IOException {
        int taken = input.take(target, waits);
        if (taken > 0) {
            answerHandshake();
            letWriterGoOn();
        }
        return taken;
    }

    /** Runs and writes what the handshake asks of this side. */
    private void answerHandshake() throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> writeRecord(NOTHING);
                default -> {
                    return;
                }
            }
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        ByteBuffer data = ByteBuffer.wrap(source, offset, length);
        writing.lock();
        try {
            while (data.hasRemaining()) {
                if (!writeRecord(data)) {
                    goOnWithHandshake();
                }
            }
        } finally {
            writing.unlock();
        }
    }

    /** Writes one record, of the handshake if that is due; returns false if something must be received before. */
    private boolean writeRecord(ByteBuffer data) throws IOException {
        writing.lock();
        byte[] lent = RECORDS.lend();
        try {
            ByteBuffer record = ByteBuffer.wrap(lent);
            SSLEngineResult result = engine.wrap(data, record);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
                result = engine.wrap(data, record);
            }
            if (record.position() > 0) {
                plain.write(record.array(), 0, record.position());
            } else if (result.getStatus() == Status.CLOSED) {
                throw new SSLException("TLS with the member was ended before");
            }
            return result.bytesProduced() > 0;
        } finally {
            RECORDS.giveBack(lent);
            writing.unlock();
        }
    }

    /** Waits for the member's part of a handshake (RFC 5246 7.4.1.1), without which no data can be sent. */
    private void goOnWithHandshake() throws IOException {
        // Set before the status is read: a reader that changes it from here on signals afterwards.
        writerWaits = true;
        if (!reading.tryLock()) {
            if (READERS_PART.contains(engine.getHandshakeStatus())) {
                advanced.awaitUninterruptibly();
            }
            return;
        }
        try {
            runTasks();
            takeHandshake();
        } finally {
            reading.unlock();
        }
    }

    private void letWriterGoOn() {
        if (writerWaits) {
            writing.lock();
            try {
                writerWaits = false;
                advanced.signalAll();
            } finally {
                writing.unlock();
            }
        }
    }

    @Override
    public boolean await(Duration longest) throws IOException {
        return input.isAtHand() || plain.await(longest);
    }

    /** A record once begun must be finished, so a write here does not give up half-way. */
    @Override
    public Upload upload() {
        return new TlsUpload(this, plain, input::isAtHand);
    }

    /** A read brings one record at most, however much there is. */
    @Override
    public boolean isDrainedByShortRead() {
        return false;
    }

    @Override
    public void limit(Duration silence) {
        plain.limit(silence);
    }

    @Override
    public void shutdownOutput() throws IOException {
        writing.lock();
        try {
            engine.closeOutbound();
            while (!engine.isOutboundDone() && writeRecord(NOTHING)) {
                LOG.log(System.Logger.Level.TRACE, "close_notify was sent");
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public boolean isOpen() {
        return plain.isOpen();
    }

    /** Sends close_notify (RFC 8446 6.1), or the alert of a failure, if that can be done without waiting. */
    @Override
    public void closeNotify() {
        plain.writeNowOnly();
        try {
            shutdownOutput();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.TRACE, "the member did not hear close_notify", e);
        }
    }

    @Override
    public void close() {
        plain.close();
    }
}
