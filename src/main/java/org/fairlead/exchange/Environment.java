package org.fairlead.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The variables of one request (httpd's {@code subprocess_env}): what {@code SetEnvIf} and the balancer say and
 * {@code %{NAME}e} and {@code env=NAME} read. Names are case-sensitive. Not thread-safe.
 */
public final class Environment {
    private static final int FIRST_ROOM = 8;

    /** There are few, so looking through them is cheaper than any table. */
    private final List<String> names = new ArrayList<>(FIRST_ROOM);

    private final List<String> values = new ArrayList<>(FIRST_ROOM);
    private final Function<String, Optional<String>> others;

    /** Nothing is known but what is set. */
    public Environment() {
        this(name -> Optional.empty());
    }

    /** @param others asked for what nobody has set, {@code SSL_} variables for instance, which {@link #all} has not */
    public Environment(Function<String, Optional<String>> others) {
        this.others = others;
    }

    public void set(String name, String value) {
        int known = names.indexOf(name);
        if (known < 0) {
            names.add(name);
            values.add(value);
        } else {
            values.set(known, value);
        }
    }

    public void unset(String name) {
        int known = names.indexOf(name);
        if (known >= 0) {
            names.remove(known);
            values.remove(known);
        }
    }

    public Optional<String> get(String name) {
        int known = names.indexOf(name);
        return known < 0 ? others.apply(name) : Optional.of(values.get(known));
    }

    public boolean isSet(String name) {
        return get(name).isPresent();
    }

    /** All variables in the order in which they were first set. */
    public Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            all.put(names.get(i), values.get(i));
        }
        return all;
    }
}
