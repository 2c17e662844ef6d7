package org.fairlead.admin;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.fairlead.http.LogText;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.operations.BalancerChange;
import org.fairlead.operations.HealthChange;
import org.fairlead.operations.MemberChange;

/**
 * The object {@code set} of an order: the changed parameters, in httpd's names and units.
 *
 * @param values by key; each key is one of {@link #MEMBER_KEYS} or {@link #BALANCER_KEYS}
 */
record ApiSet(Map<String, Object> values) {
    /** Truth values, and the status flags that they stand for. */
    static final Map<String, StatusFlag> FLAGS = flags();

    /** Keys for members. */
    static final List<String> MEMBER_KEYS = List.of(
            "draining",
            "disabled",
            "stopped",
            "standby",
            "spare",
            "ignoreerrors",
            "loadfactor",
            "lbset",
            "route",
            "redirect",
            "hcmethod",
            "hcinterval",
            "hcpasses",
            "hcfails",
            "hcuri");

    /** Keys for balancers. */
    static final List<String> BALANCER_KEYS =
            List.of("lbmethod", "timeout", "maxattempts", "nofailover", "stickysession");

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private static Map<String, StatusFlag> flags() {
        Map<String, StatusFlag> flags = new LinkedHashMap<>();
        flags.put("draining", StatusFlag.DRAIN);
        flags.put("disabled", StatusFlag.DISABLED);
        flags.put("stopped", StatusFlag.STOPPED);
        flags.put("standby", StatusFlag.STANDBY);
        flags.put("spare", StatusFlag.SPARE);
        flags.put("ignoreerrors", StatusFlag.IGNORE_ERRORS);
        return Collections.unmodifiableMap(flags);
    }

    static String word(StatusFlag flag) {
        return FLAGS.entrySet().stream()
                .filter(one -> one.getValue() == flag)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /** @throws Problem 400 if a key is none of the allowed ones, or there is none at all */
    static ApiSet of(Object given, List<String> allowed) throws Problem {
        if (!(given instanceof Map<?, ?> map) || map.isEmpty()) {
            throw new Problem(400, "set (expected: an object with one or more of " + String.join(", ", allowed) + ")");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<?, ?> one : map.entrySet()) {
            String key = one.getKey().toString();
            if (!allowed.contains(key)) {
                throw bad(key, one.getValue(), "as a key one of " + String.join(", ", allowed));
            }
            values.put(key, one.getValue());
        }
        return new ApiSet(values);
    }

    /** Whether it is for a balancer itself. */
    static boolean isForBalancer(Object given) {
        return given instanceof Map<?, ?> map && map.keySet().stream().anyMatch(BALANCER_KEYS::contains);
    }

    MemberChange member() throws Problem {
        Map<StatusFlag, Boolean> flags = new EnumMap<>(StatusFlag.class);
        for (Map.Entry<String, StatusFlag> flag : FLAGS.entrySet()) {
            Optional<Boolean> value = truth(flag.getKey());
            value.ifPresent(on -> flags.put(flag.getValue(), on));
        }
        OptionalInt factor = OptionalInt.empty();
        if (values.containsKey("loadfactor")) {
            factor = OptionalInt.of(hundredths());
        }
        return new MemberChange(flags, factor, integer("lbset", 0, 99), text("route"), text("redirect"), health());
    }

    private int hundredths() throws Problem {
        Object given = values.get("loadfactor");
        if (given instanceof BigDecimal number) {
            BigDecimal hundredths = number.multiply(HUNDRED);
            if (hundredths.compareTo(HUNDRED) >= 0
                    && hundredths.compareTo(HUNDRED.multiply(HUNDRED)) <= 0
                    && hundredths.stripTrailingZeros().scale() <= 0) {
                return hundredths.intValueExact();
            }
        }
        throw bad("loadfactor", given, "1 to 100, with two decimals at most");
    }

    private HealthChange health() throws Problem {
        Optional<String> word = text("hcmethod");
        boolean off = word.filter("none"::equalsIgnoreCase).isPresent();
        Optional<HealthCheckConfig.Method> method = Optional.empty();
        if (word.isPresent() && !off) {
            method = Optional.of(word("hcmethod", word.get(), HealthCheckConfig.Method.values()));
        }
        return new HealthChange(
                method,
                off,
                seconds("hcinterval", 86_400),
                integer("hcpasses", 1, 1000),
                integer("hcfails", 1, 1000),
                text("hcuri"));
    }

    BalancerChange balancer() throws Problem {
        Optional<String> word = text("lbmethod");
        Optional<BalancerConfig.Method> method = Optional.empty();
        if (word.isPresent()) {
            method = Optional.of(word("lbmethod", word.get(), BalancerConfig.Method.values()));
        }
        return new BalancerChange(
                method,
                seconds("timeout", 7200),
                integer("maxattempts", 0, 99),
                truth("nofailover").map(no -> !no),
                text("stickysession"));
    }

    Optional<Boolean> truth(String key) throws Problem {
        Object given = values.get(key);
        if (given == null || given instanceof Boolean) {
            return Optional.ofNullable((Boolean) given);
        }
        throw bad(key, given, "true or false");
    }

    private Optional<String> text(String key) throws Problem {
        Object given = values.get(key);
        if (given == null || given instanceof String) {
            return Optional.ofNullable((String) given);
        }
        throw bad(key, given, "a text");
    }

    private OptionalInt integer(String key, int min, int max) throws Problem {
        Object given = values.get(key);
        if (given == null) {
            return OptionalInt.empty();
        }
        if (given instanceof BigDecimal number
                && number.stripTrailingZeros().scale() <= 0
                && number.compareTo(BigDecimal.valueOf(min)) >= 0
                && number.compareTo(BigDecimal.valueOf(max)) <= 0) {
            return OptionalInt.of(number.intValueExact());
        }
        throw bad(key, given, min + " to " + max);
    }

    private Optional<Duration> seconds(String key, int max) throws Problem {
        Object given = values.get(key);
        if (given == null) {
            return Optional.empty();
        }
        if (given instanceof BigDecimal number
                && number.signum() >= 0
                && number.compareTo(BigDecimal.valueOf(max)) <= 0) {
            return Optional.of(Duration.ofMillis(number.movePointRight(3).longValue()));
        }
        throw bad(key, given, "seconds, 0 to " + max);
    }

    static <T extends Enum<T>> T word(String key, String given, T[] known) throws Problem {
        Optional<T> found = Arrays.stream(known)
                .filter(one -> one.name().equalsIgnoreCase(given))
                .findFirst();
        return found.orElseThrow(() -> bad(
                key,
                given,
                "one of "
                        + String.join(
                                ", ",
                                Arrays.stream(known)
                                        .map(one -> one.name().toLowerCase(Locale.ROOT))
                                        .toList())));
    }

    static Problem bad(String key, Object given, String expected) {
        return new Problem(400, key + " '" + LogText.clean(given.toString(), 80) + "' (expected: " + expected + ")");
    }

    /** Which flags it sets. */
    Set<String> keys() {
        return values.keySet();
    }
}
