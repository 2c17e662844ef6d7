package org.fairlead.upstream;

import java.io.IOException;
import java.time.Duration;

/**
 * The bytes of one connection to a member, below HTTP: plain or under TLS.
 *
 * <p>One thread reads and one (the same, or in a tunnel another) writes; {@link #close()} may come from anywhere and
 * wakes both. A read or write that moves no byte for longer than the limit fails with
 * {@link java.net.SocketTimeoutException}, and the connection is gone by then.
 */
interface Transport {
    /** Reads at least one byte, blocking; −1 = the member has ended its side. */
    int read(byte[] target, int offset, int length) throws IOException;

    /** Reads what is at hand and never blocks: 0 = nothing now, −1 = the member has ended its side. */
    int readNow(byte[] target, int offset, int length) throws IOException;

    /** Waits until there is something to read (or the member's end) and keeps the connection when there is not. */
    boolean await(Duration longest) throws IOException;

    /** A request goes out, and its answer is to be read. */
    default void answerBegins() {}

    /** Whether {@link #whenReadable} may do what it promises. */
    default boolean isWatchable() {
        return false;
    }

    /**
     * Has {@code ready} run, by any thread and perhaps before this returns, when a read has something to say: bytes, the
     * member's end, or that it was silent for too long.
     *
     * @return whether it will be
     */
    default boolean whenReadable(Runnable ready) {
        return false;
    }

    /** Writes all of it, blocking. */
    void write(byte[] source, int offset, int length) throws IOException;

    /** Opens the way for a long body: writes that give up as soon as the member says something. */
    Upload upload() throws IOException;

    /** Whether a read that brings less than was asked for has brought all there was. */
    boolean isDrainedByShortRead();

    /** The longest silence of the member; zero = no limit. */
    void limit(Duration silence);

    /** Ends our side and leaves the member's open, so far as the protocol below can. */
    void shutdownOutput() throws IOException;

    boolean isOpen();

    /** Tells the member, if its protocol has a word for it, that we are about to close. Never blocks, never throws. */
    void closeNotify();

    /** Closes at once: never blocks, never throws. */
    void close();

    /** A body on its way to the member. Closed before anything else is done with the wire. */
    interface Upload extends AutoCloseable {
        /**
         * Writes all of it, unless the member says something or ends before that.
         *
         * @return whether all of it was written
         */
        boolean write(byte[] source, int offset, int length) throws IOException;

        /**
         * Waits, for ever if need be, until the member sends something or ends, or {@link #wake()} is called, be it
         * before. The member may have sent what is no word of its protocol, so look before you believe it.
         */
        void awaitWord() throws IOException;

        /** Ends {@link #awaitWord()}. From any thread, at any time, even after the end of this upload. */
        void wake();

        @Override
        void close() throws IOException;
    }
}
