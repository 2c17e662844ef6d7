package org.fairlead.operations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The requests under way. Entering and leaving takes no lock and makes no object; while the table is nearly full, some
 * requests are not listed. Thread-safe.
 */
public final class ActiveRequests {
    /** The slots of the table: 32 KiB. */
    private static final int SLOTS = 8192;

    /** How many slots are tried before a request goes unlisted. */
    private static final int MAX_TRIES = 8;
    /** Slots of two threads lie this far apart, so that they share no cache line. */
    private static final int STRIDE = 67;

    /** The slot of a request that is not listed. */
    public static final int UNLISTED = -1;

    private final AtomicReferenceArray<ActiveRequest> slots = new AtomicReferenceArray<>(SLOTS);

    /** A request under way, as readers on other threads see it. */
    public interface ActiveRequest {
        /** Its begin, by {@link System#nanoTime()}. */
        long startNanos();

        /** Takes a snapshot; its parts may be a moment apart. Empty = it has ended. */
        Optional<RequestSnapshot> snapshot();
    }

    /** Lists a request; returns its slot, or {@link #UNLISTED}. */
    public int enter(ActiveRequest request) {
        int slot = (int) (Thread.currentThread().getId() * STRIDE % SLOTS);
        for (int i = 0; i < MAX_TRIES; i++) {
            if (slots.get(slot) == null && slots.compareAndSet(slot, null, request)) {
                return slot;
            }
            slot = (slot + 1) % SLOTS;
        }
        return UNLISTED;
    }

    /** Takes a request off the list. @param slot what {@link #enter} has returned */
    public void leave(int slot) {
        if (slot != UNLISTED) {
            slots.setRelease(slot, null);
        }
    }

    /** Returns the oldest requests, oldest first. */
    public List<RequestSnapshot> oldest(int most) {
        List<ActiveRequest> active = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            ActiveRequest request = slots.get(i);
            if (request != null) {
                active.add(request);
            }
        }
        long now = System.nanoTime();
        return active.stream()
                .sorted(Comparator.comparingLong(request -> request.startNanos() - now))
                .map(ActiveRequest::snapshot)
                .flatMap(Optional::stream)
                .limit(most)
                .toList();
    }
}
