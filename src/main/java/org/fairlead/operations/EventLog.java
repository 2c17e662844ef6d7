package org.fairlead.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The latest events of the running proxy, numbered from 1: a ring that overwrites the oldest. Thread-safe and without a
 * lock, as a change of state is reported while a selection waits for it.
 */
public final class EventLog implements AutoCloseable {
    /** How many events are kept. */
    public static final int MAX_KEPT = 1000;

    private final AtomicReferenceArray<Event> ring = new AtomicReferenceArray<>(MAX_KEPT);
    private final AtomicLong last = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What an event is about. */
    public enum Kind {
        /** A member's status has changed. */
        MEMBER,
        /** A configuration was put in force, or refused. */
        RELOAD,
        /** An order was carried out. */
        ORDER,
        /** A certificate was replaced, ends soon, or has ended. */
        CERTIFICATE;

        /** Returns the name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One event.
     *
     * @param id its number; each is one more than the one before
     * @param object what it is about ({@code balancer://shop http://app1:8080}, {@code configuration}, a file)
     * @param text what has happened, in a few words
     * @param author of an order; else empty
     * @param reason of an order, in its author's words; may be empty
     */
    public record Event(long id, Instant at, Kind kind, String object, String text, String author, String reason) {}

    /** Adds an event that no operator has caused. */
    public void add(Kind kind, String object, String text) {
        add(kind, object, text, "", "");
    }

    /** Adds an event. */
    public void add(Kind kind, String object, String text, String author, String reason) {
        long id = last.incrementAndGet();
        ring.set((int) (id % MAX_KEPT), new Event(id, Instant.now(), kind, object, text, author, reason));
    }

    /** Returns the number of the latest event; 0 = none yet. */
    public long last() {
        return last.get();
    }

    /** Returns the kept events after that number, oldest first. @param id 0 = all */
    public List<Event> since(long id) {
        List<Event> found = new ArrayList<>();
        long end = last.get();
        for (long next = Math.max(Math.max(0, id), end - MAX_KEPT) + 1; next <= end; next++) {
            Event event = ring.get((int) (next % MAX_KEPT));
            if (event == null || event.id() < next) {
                // Its number is taken, and it is not yet there: the next call finds it.
                break;
            }
            if (event.id() == next) {
                found.add(event);
            }
        }
        return found;
    }

    /**
     * Waits.
     *
     * @return whether the log was closed meanwhile
     * @throws InterruptedException if the thread is to end
     */
    public boolean awaitClosed(Duration longest) throws InterruptedException {
        return closed.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the waits: the proxy stops. */
    @Override
    public void close() {
        closed.countDown();
    }
}
