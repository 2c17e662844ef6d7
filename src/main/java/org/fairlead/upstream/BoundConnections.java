package org.fairlead.upstream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Idle connections of one member that are logged in for one connection of a client each (see {@link ConnectionLogin}), by
 * that client's connection. Not thread-safe: {@link MemberPool} guards it.
 */
final class BoundConnections {
    /** How many are kept for one member; a client that opens connections only to leave them must not exhaust it. */
    static final int MAX_IDLE = 256;

    /** After this time without a request the client has ended its connection, or logs in again. */
    static final Duration MAX_IDLE_TIME = Duration.ofSeconds(60);

    private final Map<String, ArrayDeque<MemberConnection>> byClient = new LinkedHashMap<>();
    private int size;

    int size() {
        return size;
    }

    /** Takes out the connection of this client and name that was used last. */
    Optional<MemberConnection> take(String client, PeerName name) {
        ArrayDeque<MemberConnection> own = byClient.get(client);
        if (own == null) {
            return Optional.empty();
        }
        for (Iterator<MemberConnection> all = own.iterator(); all.hasNext(); ) {
            MemberConnection connection = all.next();
            if (connection.peerName().equals(name)) {
                all.remove();
                size--;
                if (own.isEmpty()) {
                    byClient.remove(client);
                }
                return Optional.of(connection);
            }
        }
        return Optional.empty();
    }

    /** Keeps a connection; returns one that must go for it, that of the client which has been silent for longest. */
    Optional<MemberConnection> put(String client, MemberConnection connection) {
        ArrayDeque<MemberConnection> own =
                Optional.ofNullable(byClient.remove(client)).orElseGet(ArrayDeque::new);
        own.addFirst(connection);
        byClient.put(client, own);
        size++;
        return size > MAX_IDLE ? removeOldest() : Optional.empty();
    }

    private Optional<MemberConnection> removeOldest() {
        Iterator<ArrayDeque<MemberConnection>> clients = byClient.values().iterator();
        ArrayDeque<MemberConnection> oldest = clients.next();
        MemberConnection gone = oldest.removeLast();
        size--;
        if (oldest.isEmpty()) {
            clients.remove();
        }
        return Optional.of(gone);
    }

    /** Takes out those that are over age or no longer quiet. Never waits. */
    List<MemberConnection> sweep(long now) {
        List<MemberConnection> gone = new ArrayList<>();
        for (Iterator<ArrayDeque<MemberConnection>> clients = byClient.values().iterator(); clients.hasNext(); ) {
            ArrayDeque<MemberConnection> own = clients.next();
            own.removeIf(connection -> {
                boolean over = connection.isOverAge(now, MAX_IDLE_TIME.toNanos()) || !connection.isQuiet();
                if (over) {
                    gone.add(connection);
                }
                return over;
            });
            if (own.isEmpty()) {
                clients.remove();
            }
        }
        size -= gone.size();
        return gone;
    }

    /** Takes out all of one client's. */
    List<MemberConnection> remove(String client) {
        List<MemberConnection> gone =
                List.copyOf(Optional.ofNullable(byClient.remove(client)).orElseGet(ArrayDeque::new));
        size -= gone.size();
        return gone;
    }

    /** Takes out all. */
    List<MemberConnection> drain() {
        List<MemberConnection> gone =
                byClient.values().stream().flatMap(ArrayDeque::stream).toList();
        byClient.clear();
        size = 0;
        return gone;
    }
}
