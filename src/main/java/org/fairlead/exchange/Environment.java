package org.fairlead.exchange;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The variables of one request (httpd's {@code subprocess_env}): what {@code SetEnvIf} and the balancer say and
 * {@code %{NAME}e} and {@code env=NAME} read. Names are case-sensitive. Not thread-safe.
 */
public final class Environment {
    private final Map<String, String> variables = new LinkedHashMap<>();
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
        variables.put(name, value);
    }

    public void unset(String name) {
        variables.remove(name);
    }

    public Optional<String> get(String name) {
        String value = variables.get(name);
        return value == null ? others.apply(name) : Optional.of(value);
    }

    public boolean isSet(String name) {
        return get(name).isPresent();
    }

    /** All variables in the order in which they were first set; a view. */
    public Map<String, String> all() {
        return Collections.unmodifiableMap(variables);
    }
}
