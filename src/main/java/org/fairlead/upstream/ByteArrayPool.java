package org.fairlead.upstream;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A small pool of equal byte arrays, lent while bytes move and not while a thread waits.
 *
 * <p>Not thread-locals: a virtual thread lives for one request, and its array would too. When the pool is empty a new
 * array is made, and an array returned to a full pool is dropped. Thread-safe.
 */
final class ByteArrayPool {
    private static final int MAX_POOLED_ARRAYS = 64;
    private static final int BEGINNINGS =
            Math.min(MAX_POOLED_ARRAYS, Runtime.getRuntime().availableProcessors());

    private final int size;
    private final AtomicReferenceArray<byte[]> slots = new AtomicReferenceArray<>(MAX_POOLED_ARRAYS);

    /** @param size bytes of each array */
    ByteArrayPool(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    /** Returns an array with arbitrary content, to be given back once. */
    byte[] lend() {
        int start = start();
        for (int i = 0; i < MAX_POOLED_ARRAYS; i++) {
            int slot = (start + i) & (MAX_POOLED_ARRAYS - 1);
            if (slots.getPlain(slot) != null) {
                byte[] buffer = slots.getAndSet(slot, null);
                if (buffer != null) {
                    return buffer;
                }
            }
        }
        return new byte[size];
    }

    /** Takes an array back; one of another size is left to the garbage collector. */
    void giveBack(byte[] buffer) {
        if (buffer.length != size) {
            return;
        }
        int start = start();
        for (int i = 0; i < MAX_POOLED_ARRAYS; i++) {
            int slot = (start + i) & (MAX_POOLED_ARRAYS - 1);
            if (slots.getPlain(slot) == null && slots.compareAndSet(slot, null, buffer)) {
                return;
            }
        }
    }

    /**
     * Threads begin at as many slots as there are processors, so that they seldom meet. More slots would be worse: an
     * array that was used a moment ago is still in the processor's cache.
     */
    @SuppressWarnings("deprecation") // Thread.threadId() is Java 19
    private static int start() {
        return (int) (Thread.currentThread().getId() % BEGINNINGS) * (MAX_POOLED_ARRAYS / BEGINNINGS);
    }
}
