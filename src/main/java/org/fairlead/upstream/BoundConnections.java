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
 * Idle connections of one member that are bound to a client's connection by a login (see {@link ConnectionLogin}),
 * keyed by that client's connection. Not thread-safe: {@link MemberPool} guards it.
 */
final class BoundConnections {
    /** The limit for one member; a client that opens connections only to leave them must not exhaust the member. */
    static final int MAX_IDLE = 256;

    /** After this time without a request the client has closed its connection, or logs in again. */
    static final Duration MAX_IDLE_TIME = Duration.ofSeconds(60);

    private final Map<String, ArrayDeque<MemberConnection>> byClient = new LinkedHashMap<>();
    private int size;

    int size() {
        return size;
    }

    /** Removes and returns the connection of this client and name that was used last. */
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

    /** Keeps a connection; returns the one evicted for it, that of the client which has been silent for longest. */
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

    /** Removes connections that are over age or no longer quiet. Never waits. */
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

    /** Removes all connections of one client. */
    List<MemberConnection> remove(String client) {
        List<MemberConnection> gone =
                List.copyOf(Optional.ofNullable(byClient.remove(client)).orElseGet(ArrayDeque::new));
        size -= gone.size();
        return gone;
    }

    /** Removes all. */
    List<MemberConnection> drain() {
        List<MemberConnection> gone =
                byClient.values().stream().flatMap(ArrayDeque::stream).toList();
        byClient.clear();
        size = 0;
        return gone;
    }
}
