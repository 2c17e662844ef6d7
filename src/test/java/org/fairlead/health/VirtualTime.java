package org.fairlead.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A scheduler whose time passes when a test says so. */
final class VirtualTime implements Scheduler {
    private record Entry(long at, long order, Runnable task) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::order));
    private final List<Duration> delays = new ArrayList<>();
    private long now;
    private long order;

    @Override
    public synchronized Alarm after(Duration delay, Runnable task) {
        delays.add(delay);
        Entry entry = new Entry(now + delay.toNanos(), order++, task);
        entries.add(entry);
        notifyAll();
        return () -> remove(entry);
    }

    private synchronized void remove(Entry entry) {
        entries.remove(entry);
    }

    /** Runs everything that falls due, in the order of time, also what is scheduled on the way. */
    void advance(Duration by) {
        long end;
        synchronized (this) {
            end = now + by.toNanos();
        }
        while (true) {
            Entry next;
            synchronized (this) {
                next = entries.peek();
                if (next == null || next.at() > end) {
                    now = end;
                    return;
                }
                entries.remove();
                now = next.at();
            }
            next.task().run();
        }
    }

    synchronized Duration now() {
        return Duration.ofNanos(now);
    }

    /** How many tasks wait. */
    synchronized int waiting() {
        return entries.size();
    }

    /** Blocks until so many tasks wait, for tests with real threads. */
    synchronized void awaitWaiting(int count) throws InterruptedException {
        while (entries.size() < count) {
            wait(5000);
        }
    }

    /** Every delay that was asked for. */
    synchronized List<Duration> delays() {
        return List.copyOf(delays);
    }

    @Override
    public synchronized void close() {
        entries.clear();
    }
}
