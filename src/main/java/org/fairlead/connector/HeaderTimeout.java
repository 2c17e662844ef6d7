package org.fairlead.connector;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.fairlead.model.ReadTimeout;

/**
 * Timeout of a connection's present request head. One thread watches, another reads; what the first sees may be a
 * moment old, which does not matter to a limit of seconds.
 */
final class HeaderTimeout {
    /** Value while no head is coming. */
    static final long NONE = -1;

    private final LongSupplier start;

    /** Used by the watching thread alone. */
    private long watched = NONE;

    private long bytesBefore;

    /** Start of the head that has taken too long, and when that was found. */
    private volatile long overdue = NONE;

    private volatile long foundOverdue;

    /** @param start since when a head has been coming, in {@link System#nanoTime}; {@link #NONE} while none is */
    HeaderTimeout(LongSupplier start) {
        this.start = start;
    }

    /**
     * Whether the head that is coming now has taken too long.
     *
     * @param received bytes that have come on this connection so far
     * @param silent whether nothing has come for longer than {@code Timeout}
     */
    boolean isOverdue(ReadTimeout limit, long received, boolean silent, long now) {
        long coming = start.getAsLong();
        if (coming < 0) {
            watched = NONE;
            return false;
        }
        if (coming != watched) {
            watched = coming;
            bytesBefore = received;
        }
        return silent || now - coming > limit.allowed(received - bytesBefore).toNanos();
    }

    /**
     * Hands a head that has taken too long to a request thread, which ends it: the watching thread must not wait for a
     * client.
     *
     * @param patience for that thread, after which the connection is cut
     */
    void giveUp(SocketWrapperBase<?> connection, Duration patience, long now) {
        if (overdue == watched) {
            if (now - foundOverdue > patience.toNanos()) {
                connection.close();
            }
            return;
        }
        foundOverdue = now;
        overdue = watched;
        connection.processSocket(SocketEvent.OPEN_READ, true);
    }

    /** Whether the present head is the one that was given up, and not one that came meanwhile; true only once. */
    boolean hasGivenUp() {
        long given = overdue;
        if (given == NONE) {
            return false;
        }
        overdue = NONE;
        return given == start.getAsLong();
    }
}
