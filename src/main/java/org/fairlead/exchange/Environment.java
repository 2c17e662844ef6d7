package org.fairlead.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The variables of one request (httpd's {@code subprocess_env}): set by {@code SetEnvIf} and the balancer, read by
 * {@code %{NAME}e} and {@code env=NAME}. Names are case-sensitive. Not thread-safe.
 */
public final class Environment {
    private static final int INITIAL_CAPACITY = 12;

    /** Name, value, name, value …: there are few, so a linear search is cheaper than any table. */
    private final List<String> variables = new ArrayList<>(INITIAL_CAPACITY);

    private final Function<String, Optional<String>> others;

    /** An environment of the variables that are set, and no others. */
    public Environment() {
        this(name -> Optional.empty());
    }

    /** @param others looks up variables that are not set, {@code SSL_} ones for instance; {@link #all} omits these */
    public Environment(Function<String, Optional<String>> others) {
        this.others = others;
    }

    /** Returns a copy of the variables that are set now, with the same lookup of others. */
    public Environment copy() {
        Environment copy = new Environment(others);
        copy.variables.addAll(variables);
        return copy;
    }

    public void set(String name, String value) {
        int known = indexOf(name);
        if (known < 0) {
            variables.add(name);
            variables.add(value);
        } else {
            variables.set(known + 1, value);
        }
    }

    public void unset(String name) {
        int known = indexOf(name);
        if (known >= 0) {
            variables.subList(known, known + 2).clear();
        }
    }

    public Optional<String> get(String name) {
        int known = indexOf(name);
        return known < 0 ? others.apply(name) : Optional.of(variables.get(known + 1));
    }

    private int indexOf(String name) {
        for (int i = 0; i < variables.size(); i += 2) {
            if (variables.get(i).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    public boolean isSet(String name) {
        return get(name).isPresent();
    }

    /** All variables in the order in which they were first set. */
    public Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < variables.size(); i += 2) {
            all.put(variables.get(i), variables.get(i + 1));
        }
        return all;
    }
}
