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
    private static final int INITIAL_CAPACITY = 12;

    /** Name, value, name, value …: there are few, so looking through them is cheaper than any table. */
    private final List<String> variables = new ArrayList<>(INITIAL_CAPACITY);

    private final Function<String, Optional<String>> others;

    /** Nothing is known but what is set. */
    public Environment() {
        this(name -> Optional.empty());
    }

    /** @param others asked for what nobody has set, {@code SSL_} variables for instance, which {@link #all} has not */
    public Environment(Function<String, Optional<String>> others) {
        this.others = others;
    }

    /** What is set now, in an environment of its own that knows the same others. */
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
