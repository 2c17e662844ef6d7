package org.fairlead.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.fairlead.engine.HandlerRequest;
import org.fairlead.http.Json;

/**
 * The audit log: one JSON line for each executed or refused order, in the log {@code org.fairlead.admin} and in the
 * file of {@code AuditLog}. The latest lines are kept in memory for the console. Thread-safe.
 */
final class AuditLog {
    private static final System.Logger LOG = System.getLogger("org.fairlead.admin");

    private static final int MAX_KEPT = 1000;

    private final Supplier<Optional<Path>> file;
    private final Deque<Entry> latest = new ArrayDeque<>();

    /** @param file where lines go besides; asked for each line, as a reload may change it */
    AuditLog(Supplier<Optional<Path>> file) {
        this.file = file;
    }

    /**
     * An executed or refused order.
     *
     * @param user empty = not known
     * @param object the target of the order ({@code balancer://shop http://app1:8080})
     * @param order in words
     * @param outcome {@code done}, or why it was refused
     * @param before the state before, for people; empty = not known
     * @param after the state after
     */
    record Entry(
            Instant at,
            String user,
            String from,
            String request,
            String object,
            String order,
            String reason,
            String outcome,
            String before,
            String after) {
        /** By name, in the order of the line. */
        Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("time", at.toString());
            fields.put("user", user);
            fields.put("from", from);
            fields.put("request", request);
            fields.put("object", object);
            fields.put("order", order);
            fields.put("reason", reason);
            fields.put("outcome", outcome);
            fields.put("before", before);
            fields.put("after", after);
            return fields;
        }

        String json() {
            return Json.of(fields());
        }

        /** Returns this with the reason that its author gives. */
        Entry because(String why) {
            return new Entry(at, user, from, request, object, order, why, outcome, before, after);
        }
    }

    /** The fields of an entry that come from its request. */
    static Entry entry(
            HandlerRequest request, String object, String order, String outcome, String before, String after) {
        return new Entry(
                Instant.now(),
                request.user().orElse(""),
                request.exchange().connection().clientAddress(),
                request.exchange().id(),
                object,
                order,
                "",
                outcome,
                before,
                after);
    }

    void write(Entry entry) {
        String line = entry.json();
        LOG.log(System.Logger.Level.INFO, line);
        synchronized (latest) {
            latest.addLast(entry);
            if (latest.size() > MAX_KEPT) {
                latest.removeFirst();
            }
            file.get().ifPresent(path -> append(path, line));
        }
    }

    private static void append(Path path, String line) {
        try {
            Files.writeString(
                    path, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "AuditLog " + path + " cannot be written", e);
        }
    }

    /** Returns the latest entries, oldest first. */
    List<Entry> latest() {
        synchronized (latest) {
            return List.copyOf(latest);
        }
    }
}
