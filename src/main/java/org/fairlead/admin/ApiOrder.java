package org.fairlead.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.exchange.Exchange;
import org.fairlead.http.JsonReader;
import org.fairlead.http.LogText;
import org.fairlead.operations.DrainOrder;

/**
 * The body of an order.
 *
 * @param values the JSON object
 */
record ApiOrder(Map<String, Object> values) {
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int MAX_REASON_CHARS = 200;
    private static final List<String> DRAIN = List.of("until", "then", "idle");
    private static final List<String> WHERE = List.of("host", "name", "route");

    /**
     * Reads the body.
     *
     * @param keys the allowed keys
     * @throws Problem 415 for what is not {@code application/json}, 413 for more than 64 KiB, 400 for what is no object
     *     or has another key
     */
    static ApiOrder read(Exchange exchange, List<String> keys) throws IOException, Problem {
        String type = exchange.request().headers().first("Content-Type").orElse("");
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
            throw new Problem(415, "Content-Type '" + LogText.clean(type, 80) + "' (expected: application/json)");
        }
        byte[] body =
                exchange.body().isPresent() ? exchange.body().stream().readNBytes(MAX_BODY_BYTES + 1) : new byte[0];
        if (body.length > MAX_BODY_BYTES) {
            throw new Problem(413, "a body of more than " + MAX_BODY_BYTES + " bytes");
        }
        try {
            Map<String, Object> values = JsonReader.object(new String(body, StandardCharsets.UTF_8));
            for (Map.Entry<String, Object> one : values.entrySet()) {
                if (!keys.contains(one.getKey())) {
                    throw ApiSet.bad(one.getKey(), one.getValue(), "as a key one of " + String.join(", ", keys));
                }
            }
            return new ApiOrder(values);
        } catch (IllegalArgumentException e) {
            throw new Problem(400, e.getMessage());
        }
    }

    /** The changes; an empty value where there are none. */
    Object set() {
        return values.getOrDefault("set", Map.of());
    }

    /** The author's reason; empty where none is given. */
    String reason() throws Problem {
        String reason = text("reason").orElse("");
        if (reason.length() > MAX_REASON_CHARS) {
            throw new Problem(400, "reason (expected: at most " + MAX_REASON_CHARS + " characters)");
        }
        return reason;
    }

    boolean force() throws Problem {
        return new ApiSet(values).truth("force").orElse(false);
    }

    Optional<String> text(String key) throws Problem {
        Object given = values.get(key);
        if (given == null || given instanceof String) {
            return Optional.ofNullable((String) given);
        }
        throw ApiSet.bad(key, given, "a text");
    }

    /** The drain order of the members; empty where there is none. @param now what a duration counts from */
    Optional<DrainOrder> drain(Instant now) throws Problem {
        if (DRAIN.stream().noneMatch(values::containsKey)) {
            return Optional.empty();
        }
        if (!(set() instanceof Map<?, ?> set) || !Boolean.TRUE.equals(set.get("draining"))) {
            throw new Problem(400, String.join(", ", DRAIN) + " (expected: only with \"draining\": true)");
        }
        Optional<Instant> until = Optional.empty();
        if (values.containsKey("until")) {
            until = Optional.of(until(text("until").orElseThrow(), now));
        }
        DrainOrder.Then then = DrainOrder.DEFAULT.then();
        if (values.containsKey("then")) {
            then = ApiSet.word("then", text("then").orElseThrow(), DrainOrder.Then.values());
        }
        Duration idle = DrainOrder.DEFAULT.idle();
        if (values.containsKey("idle")) {
            idle = duration("idle", text("idle").orElseThrow());
        }
        return Optional.of(new DrainOrder(until, then, idle));
    }

    private static Instant until(String given, Instant now) throws Problem {
        if (given.indexOf('T') < 0) {
            return now.plus(duration("until", given));
        }
        try {
            return OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeParseException e) {
            throw ApiSet.bad("until", given, "a time such as 2026-12-01T22:00:00Z, or a duration such as 30m");
        }
    }

    /** Reads {@code 90}, {@code 90s}, {@code 30m} or {@code 2h}; more than zero, a day at most. */
    static Duration duration(String key, String given) throws Problem {
        String number = given.isEmpty() || Character.isDigit(given.charAt(given.length() - 1))
                ? given
                : given.substring(0, given.length() - 1);
        Optional<ChronoUnit> unit = switch (given.substring(number.length())) {
            case "h" -> Optional.of(ChronoUnit.HOURS);
            case "m" -> Optional.of(ChronoUnit.MINUTES);
            case "s", "" -> Optional.of(ChronoUnit.SECONDS);
            default -> Optional.empty();
        };
        boolean digits =
                !number.isEmpty() && number.length() <= 6 && number.chars().allMatch(Character::isDigit);
        if (digits && unit.isPresent()) {
            Duration duration = Duration.of(Long.parseLong(number), unit.get());
            if (!duration.isZero() && duration.compareTo(Duration.ofDays(1)) <= 0) {
                return duration;
            }
        }
        throw ApiSet.bad(key, given, "a duration such as 90s, 30m or 2h, 24h at most");
    }

    /** Whether the order is for a member, by {@code where}; every member where nothing is said. */
    boolean isFor(MemberSnapshot member) throws Problem {
        Object given = values.getOrDefault("where", Map.of());
        if (!(given instanceof Map<?, ?> where)) {
            throw ApiSet.bad("where", given, "an object with one or more of " + String.join(", ", WHERE));
        }
        boolean fits = true;
        for (Map.Entry<?, ?> one : where.entrySet()) {
            String seen = switch (one.getKey().toString()) {
                case "host" -> member.config().address().host();
                case "name" -> member.name();
                case "route" -> member.orders().route();
                default -> throw ApiSet.bad("where", one.getKey(), "as a key one of " + String.join(", ", WHERE));
            };
            if (!(one.getValue() instanceof String)) {
                throw ApiSet.bad("where", one.getValue(), "a text");
            }
            fits &= seen.equalsIgnoreCase((String) one.getValue());
        }
        return fits;
    }

    boolean hasWhere() {
        return values.get("where") instanceof Map<?, ?> where && !where.isEmpty();
    }
}
