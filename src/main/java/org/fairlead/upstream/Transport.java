package org.fairlead.upstream;

import java.io.IOException;
import java.time.Duration;

/**
 * The transport of one connection to a member, below HTTP: plain or under TLS.
 *
 * <p>One thread reads and one (the same, or in a tunnel another) writes; {@link #close()} may come from any thread and
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

    /** A request goes out, and its response is to be read. */
    default void answerBegins() {}

    /** Whether {@link #whenReadable} is supported now. */
    default boolean isWatchable() {
        return false;
    }

    /**
     * Has {@code ready} run, by any thread and perhaps before this returns, when a read would return: bytes, the
     * member's end, or a timeout.
     *
     * @return whether it will be
     */
    default boolean whenReadable(Runnable ready) {
        return false;
    }

    /** Writes all of it, blocking. */
    void write(byte[] source, int offset, int length) throws IOException;

    /** Opens an upload for a long body: its writes stop as soon as the member sends anything. */
    Upload upload() throws IOException;

    /** Whether a read that returns less than was asked for has returned all there was. */
    boolean isDrainedByShortRead();

    /** The longest silence of the member; zero = no limit. */
    void limit(Duration silence);

    /** Ends our side and leaves the member's open, so far as the protocol below can. */
    void shutdownOutput() throws IOException;

    boolean isOpen();

    /** Sends the protocol's close message to the member, if there is one. Never blocks, never throws. */
    void closeNotify();

    /** Closes at once: never blocks, never throws. */
    void close();

    /** An upload of a body to the member. Closed before any other use of the transport. */
    interface Upload extends AutoCloseable {
        /**
         * Writes all of it, unless the member sends anything or closes before that.
         *
         * @return whether all of it was written
         */
        boolean write(byte[] source, int offset, int length) throws IOException;

        /**
         * Waits, for ever if need be, until the member sends something or closes, or {@link #wake()} is called, be it
         * before. The bytes may be none of the protocol's messages, so the caller must check them.
         */
        void awaitWord() throws IOException;

        /** Ends {@link #awaitWord()}. From any thread, at any time, even after the end of this upload. */
        void wake();

        @Override
        void close() throws IOException;
    }
}
