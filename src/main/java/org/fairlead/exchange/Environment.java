package org.fairlead.exchange;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of one request (httpd's {@code subprocess_env}): what {@code SetEnvIf} and the balancer say and
 * {@code %{NAME}e} and {@code env=NAME} read. Names are case-sensitive. Not thread-safe.
 */
public final class Environment {
    private final Map<String, String> variables = new LinkedHashMap<>();

    public void set(String name, String value) {
        variables.put(name, value);
    }

    public void unset(String name) {
        variables.remove(name);
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    public boolean isSet(String name) {
        return variables.containsKey(name);
    }

    /** All variables in the order in which they were first set; a view. */
    public Map<String, String> all() {
        return Collections.unmodifiableMap(variables);
    }
}
